from typing import Annotated, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.funnel.reckoning import journey_funnel
from apps.insights.graphql.funnel.types import Funnel
from apps.metrics.graphql.arguments import Span
from cxplatform.errors import Forbidden
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

# A statement over the visits of a window.
_A_WINDOW: Final = Price(60)

JourneyKey = Annotated[str, strawberry.argument(description="The journey's key.")]
Segments = Annotated[
    list[str] | None, strawberry.argument(description="Customers of these segments only, at most 100.")
]


@strawberry.type
class FunnelQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=_A_WINDOW,
        description="Who entered each stage of a journey in a window, who went on, who is in it still, and how long it"
        " took: by the version in force at the window's end; null where none was.",
    )
    def journey_funnel(
        self, info: Info, *, journey: JourneyKey, window: Span, segment: Segments = None
    ) -> Funnel | None:
        if info.context.rights.only_own_work:
            raise Forbidden("You see numbers of your own work only.")
        found = journey_funnel(journey, window.checked(), segments=segment, now=info.context.now)
        if found is None:
            return None
        identity = strawberry.ID(global_id("JourneyVersion", found.version.pk))
        return Funnel(
            version_id=identity,
            version_number=found.version.number,
            stages=found.stages,  # type: ignore[arg-type]  # shown as the type
        )
