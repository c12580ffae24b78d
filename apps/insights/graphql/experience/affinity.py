"""Staying against liking: the split, the captive, and the silent."""

from typing import Annotated, Any, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience import affinity as split
from apps.insights.experience.silent import (
    LEAST_DECLINE,
    LEAST_TROUBLES,
    MOST_P_ALIVE,
    Thresholds,
    count_silent_sufferers,
    silent_sufferers,
)
from apps.insights.graphql.experience.affinity_types import (
    Affinity,
    CaptiveCustomerConnection,
    SilentSuffererConnection,
)
from apps.insights.graphql.experience.arguments import (
    EXPERIENCE,
    EXPERIENCE_PAGE,
    CustomersFilter,
    Filter,
    Span,
    asked_of,
)
from apps.insights.graphql.experience.pages import page_of, position_in
from cxplatform.graphql.connections import After, First
from cxplatform.graphql.context import Info
from cxplatform.graphql.pages import USUAL_PAGE, PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

_BY_SCORE: Final = "score,id"
_BY_TROUBLES: Final = "troubles,id"


@strawberry.type
class AffinityQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="Who stayed, by contract as CHURN_RATE has it, and what they think of the brand.",
    )
    def affinity(self, info: Info, *, window: Span, where: Filter = None) -> Affinity | None:
        found: Any = split.affinity(asked_of(info, window, where).of_all_segments())
        return found  # type: ignore[no-any-return]  # a value, shown as the type

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=EXPERIENCE_PAGE,
        description="Who stayed although it would not recommend: kept by what leaving takes, until it does not.",
    )
    def captive_customers(
        self, info: Info, *, window: Span, where: CustomersFilter = None, first: First = USUAL_PAGE, after: After = None
    ) -> CaptiveCustomerConnection | None:
        asked, request = asked_of(info, window, where), PageRequest.of(first, after, None, None)
        found = split.captives(asked, after=position_in(_BY_SCORE, request), limit=request.limit + 1)
        told = [(each.position, {"score": each.score, "answered_at": each.answered_at}) for each in found]
        page: Any = page_of(info, _BY_SCORE, request, told, lambda: split.count_captives(asked))
        return page  # type: ignore[no-any-return]  # shown as the type

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=EXPERIENCE_PAGE,
        description="Whom the journey failed repeatedly, who never contacted the brand in the window, and whose chance"
        " of still being a customer is low or fell. Without a model of purchases that last condition is left out.",
    )
    def silent_sufferers(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        window: Span,
        where: CustomersFilter = None,
        least_troubles: Annotated[
            int, strawberry.argument(description="From how many troubles on: 1 to 1,000.")
        ] = LEAST_TROUBLES,
        most_p_alive: Annotated[
            float, strawberry.argument(description="Below which chance it is low: above 0, at most 1.")
        ] = MOST_P_ALIVE,
        least_decline: Annotated[
            float, strawberry.argument(description="From which loss over the window on it fell: above 0, at most 1.")
        ] = LEAST_DECLINE,
        first: First = USUAL_PAGE,
        after: After = None,
    ) -> SilentSuffererConnection | None:
        asked, request = asked_of(info, window, where), PageRequest.of(first, after, None, None)
        given = Thresholds(least_troubles, most_p_alive, least_decline)
        after_ = position_in(_BY_TROUBLES, request)
        found = silent_sufferers(asked, given, after=after_, limit=request.limit + 1)
        told = [
            (
                each.position,
                {"troubles": each.troubles, "p_alive": each.p_alive, "p_alive_before": each.p_alive_before},
            )
            for each in found
        ]
        page: Any = page_of(info, _BY_TROUBLES, request, told, lambda: count_silent_sufferers(asked, given))
        return page  # type: ignore[no-any-return]  # shown as the type
