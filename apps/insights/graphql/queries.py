from typing import Annotated, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.costs.reckoning import contact_costs
from apps.insights.graphql.arguments import AgentHour
from apps.insights.graphql.types import ContactCosts, StaffingPlan, Surges
from apps.insights.staffing.erlang import Target
from apps.insights.staffing.plan import Demand, staffing_plan
from apps.insights.surges.finding import surges_of
from apps.metrics.graphql.arguments import Filter, Span, allowed
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

# Two statements, and hundreds of hours to reckon.
_HOURS: Final = Price(60)
_TWO_NUMBERS: Final = Price(40)

Weeks = Annotated[int, strawberry.argument(description="How many weeks before tell what is usual: 1 to 26.")]
Share = Annotated[float, strawberry.argument(description="What share is to be answered in time.")]
Within = Annotated[float, strawberry.argument(description="Within how many seconds, 0 to 3,600.")]
Ceiling = Annotated[float, strawberry.argument(description="How busy agents may be at most: 0.1 to 1.")]
Shrinkage = Annotated[float, strawberry.argument(description="What share of paid time is not for contacts: 0 to 0.9.")]


@strawberry.type
class InsightQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=_HOURS,
        description="How many agents each hour of a window takes, by Erlang C: at most 31 days, past or to come.",
    )
    def staffing(
        self,
        info: Info,
        *,
        window: Span,
        where: Filter = None,
        weeks: Weeks = 8,
        target_share: Share = 0.8,
        target_seconds: Within = 20.0,
        max_occupancy: Ceiling = 0.85,
        shrinkage: Shrinkage = 0.3,
    ) -> StaffingPlan | None:
        demand = Demand(Target(target_share, target_seconds, max_occupancy), shrinkage)
        return staffing_plan(  # type: ignore[return-value]  # shown as the type
            window.checked(), demand, weeks=weeks, now=info.context.now, where=allowed(info, where)
        )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=_HOURS,
        description="Hours in which more contacts came than chance explains, against the same hours of up to 8 weeks"
        " before: at most 31 days.",
    )
    def surges(self, info: Info, *, window: Span, where: Filter = None) -> Surges | None:
        return surges_of(  # type: ignore[return-value]  # shown as the type
            window.checked(), now=info.context.now, where=allowed(info, where)
        )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=_TWO_NUMBERS,
        description="What the contacts of a window cost, and what those do that only repeat another.",
    )
    def contact_costs(
        self, info: Info, *, window: Span, agent_hour: AgentHour, where: Filter = None
    ) -> ContactCosts | None:
        return contact_costs(  # type: ignore[return-value]  # shown as the type
            window.checked(), agent_hour, now=info.context.now, where=allowed(info, where)
        )
