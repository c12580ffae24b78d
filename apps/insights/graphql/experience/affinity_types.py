"""What staying against liking is told in."""

from datetime import datetime

import strawberry

from apps.customers.graphql.types import Customer
from apps.insights.graphql.experience.types import CustomerShare
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import PageInfo
from cxplatform.graphql.prices import EDGES, NODES


@strawberry.type(description="What those think of the brand who stayed, or who left.")
class AffinityCell:
    retained: bool = column("Whether they stayed.")
    promoters: int = column("How many gave 9 or 10 in their latest answer.")
    passives: int = column("How many gave 7 or 8.")
    detractors: int = column("How many gave 0 to 6.")
    unanswered: int = column("How many did not answer in the window.")


@strawberry.type(description="Staying against liking, of who was a customer when the window began.")
class Affinity:
    stayed: AffinityCell = column("Who was still one by its end.")
    left: AffinityCell = column("Who was not.")
    captive: CustomerShare = column("Of those who stayed and answered, who would not recommend: 0 to 6.")
    promoters_stay: CustomerShare = column("How many promoters stayed.")
    detractors_stay: CustomerShare = column("How many detractors did.")
    p_value: float | None = column("How likely these two differ as much by chance; null where either is empty.")


@strawberry.type(description="A customer who stayed and would not recommend, and its position.")
class CaptiveCustomerEdge:
    cursor: str = column("Its position, for `after`.")
    node: Customer = column("The customer.")
    score: int = column("Its latest answer, 0 to 6.")
    answered_at: datetime = column("When it gave that.")


@strawberry.type(description="A page of captive customers, the lowest scores first.")
class CaptiveCustomerConnection:
    edges: list[CaptiveCustomerEdge] = column("The customers with their positions and answers.", price=EDGES)
    nodes: list[Customer] = column("The customers alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column("How many there are; counted only when asked for.")


@strawberry.type(description="A customer whom the journey failed and who did not say so, and its position.")
class SilentSuffererEdge:
    cursor: str = column("Its position, for `after`.")
    node: Customer = column("The customer.")
    troubles: int = column("How often something went wrong for it.")
    p_alive: float | None = column("How likely it still was a customer by the window's end; null without a model.")
    p_alive_before: float | None = column("The same when the window began.")


@strawberry.type(description="A page of silent sufferers, those with the most troubles first.")
class SilentSuffererConnection:
    edges: list[SilentSuffererEdge] = column("The customers with their positions and troubles.", price=EDGES)
    nodes: list[Customer] = column("The customers alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column("How many there are; counted only when asked for.")
