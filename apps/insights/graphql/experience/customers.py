"""Which customers stand in a quadrant, and why: for those who may drill down."""

from typing import Annotated, Any, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.insights.experience import people
from apps.insights.experience.quality import Quadrant
from apps.insights.graphql.experience.arguments import (
    EXPERIENCE_PAGE,
    USUAL_MARGIN,
    ContentFrom,
    CustomersFilter,
    Margin,
    Span,
    asked_of,
)
from apps.insights.graphql.experience.enums import ExperienceQuadrant, ExperienceSignal
from apps.insights.graphql.experience.pages import page_of, position_in
from apps.insights.graphql.experience.queries import shown
from apps.insights.graphql.experience.types import ExperienceOffender, SideQuality, SignalReading
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import After, First, PageInfo
from cxplatform.graphql.context import Info
from cxplatform.graphql.pages import USUAL_PAGE, PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import EDGES, NODES
from cxplatform.graphql.roots import query_field

_ORDER: Final = "sureness,id"


@strawberry.type(description="A customer in a quadrant, why, and its position.")
class QuadrantCustomerEdge:
    cursor: str = column("Its position, for `after`.")
    node: Customer = column("The customer.")
    service: SideQuality = column("How well it was served.")
    experience: SideQuality = column("How well the whole went for it.")
    p_value: float = column("How likely chance alone puts it there: the larger of the p-values of both sides.")
    beyond_chance: bool = column("Whether both sides are where they are beyond chance.")
    signals: list[SignalReading] = column("What both sides rest on, the service's first.")
    offenders: list[ExperienceOffender] = column("The touchpoints that pulled it down, the worst first.")


@strawberry.type(description="A page of customers in a quadrant, the surest first.")
class QuadrantCustomerConnection:
    edges: list[QuadrantCustomerEdge] = column("The customers with their positions and why.", price=EDGES)
    nodes: list[Customer] = column("The customers alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column("How many there are; counted only when asked for.")


@strawberry.type
class BlindSpotCustomersQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=EXPERIENCE_PAGE,
        description="Customers in a quadrant, the surest first, with what that rests on and which touchpoints pulled"
        " them down.",
    )
    def blind_spot_customers(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        window: Span,
        quadrant: Annotated[
            ExperienceQuadrant, strawberry.argument(description="Which quadrant.")
        ] = ExperienceQuadrant.BLIND_SPOT,
        where: CustomersFilter = None,
        beyond_chance: Annotated[
            bool, strawberry.argument(description="Whether only those who are there beyond chance.")
        ] = True,
        content_from: ContentFrom = None,
        margin: Margin = USUAL_MARGIN,
        first: First = USUAL_PAGE,
        after: After = None,
    ) -> QuadrantCustomerConnection | None:
        asked = asked_of(info, window, where, content_from, margin)
        request, chosen = PageRequest.of(first, after, None, None), Quadrant(quadrant.name)
        found = people.standings(
            asked, chosen, sure=beyond_chance, after=position_in(_ORDER, request), limit=request.limit + 1
        )
        page: Any = page_of(
            info,
            _ORDER,
            request,
            [(each.position, _told(each)) for each in found],
            lambda: people.count(asked, chosen, sure=beyond_chance),
        )
        return page  # type: ignore[no-any-return]  # shown as the type


def _told(standing: people.Standing) -> dict[str, Any]:
    return {
        "service": standing.service,
        "experience": standing.experience,
        "p_value": standing.p_value,
        "beyond_chance": standing.beyond_chance,
        "signals": [
            SignalReading(signal=ExperienceSignal[each.signal], items=each.items, z=each.z)
            for each in standing.evidence
        ],
        "offenders": shown(standing.offenders),
    }
