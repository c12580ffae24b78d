"""The ownership scorecard: experience is everybody's, and each department has its part."""

from decimal import Decimal
from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience.ownership import Department, scorecard
from apps.insights.graphql.experience.arguments import EXPERIENCE, ContentFrom, Filter, Span, asked_of
from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval, Money
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

AgentHour = Annotated[
    Decimal, strawberry.argument(description="What an agent's hour costs, in the brand's currency: up to 100,000.")
]


@strawberry.type(description="A mean of answers.")
class MeanScore:
    value: float = column("The mean.")
    sample_size: int = column("Of how many answers.")
    interval: Interval | None = column("Its 95 % interval; null below two.")


@strawberry.type(description="What a department's touchpoints do to customers, and what that costs the service.")
class DepartmentScore:
    department: str | None = column("Its key; null for what nobody owns.")
    name: str = column("Its name.")
    smooth: CustomerShare = column("Of what happened at its touchpoints, how much went without trouble.")
    service_level: CustomerShare = column("Of what is held to a service level, how much took no longer.")
    promises: CustomerShare = column(
        "Of promises at its touchpoints of which it is known, how many were kept, whoever had made them."
    )
    content: CustomerShare = column("Of answers to CSAT about its touchpoints, how many were content.")
    ease: MeanScore | None = column("What CES_7 answers about its touchpoints gave, 1 to 7; null without any.")
    contacts: int = column("How many inbound contacts were about its touchpoints.")
    handle_seconds: float | None = column("What one took to handle; that of all contacts where no own is known.")
    contact_cost: Money | None = column("What they cost; null where no handle time is known at all.")


@strawberry.type
class OwnershipQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="What each department's touchpoints do to customers, by who owned them when it happened, with the"
        " contacts they cause and what these cost, the dearest first.",
    )
    def ownership_scorecard(
        self,
        info: Info,
        *,
        window: Span,
        agent_hour: AgentHour,
        where: Filter = None,
        content_from: ContentFrom = None,
    ) -> list[DepartmentScore] | None:
        asked = asked_of(info, window, where, content_from).of_all_segments()
        return [_score(each) for each in scorecard(asked, agent_hour)]


def _score(one: Department) -> DepartmentScore:
    return DepartmentScore(
        department=one.key or None,
        name=one.label,
        smooth=one.of("OUTCOME").share,  # type: ignore[arg-type]  # values, shown as the types
        service_level=one.of("SLO").share,  # type: ignore[arg-type]  # as above
        promises=one.of("PROMISE").share,  # type: ignore[arg-type]  # as above
        content=one.of("CSAT").share,  # type: ignore[arg-type]  # as above
        ease=one.ease,  # type: ignore[arg-type]  # as above
        contacts=one.contacts,
        handle_seconds=one.handle_seconds,
        contact_cost=one.cost,  # type: ignore[arg-type]  # as above
    )
