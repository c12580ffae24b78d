"""What clients ask about what comes of follow-ups."""

from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience import follow_ups
from apps.insights.graphql.experience.arguments import EXPERIENCE, Filter, Span, asked_of
from apps.insights.graphql.experience.follow_up_types import (
    FollowUpAfterwards,
    FollowUpGrouping,
    FollowUpOutcomeCount,
    FollowUpOutcomes,
    FollowUpReturn,
)
from apps.surveys.graphql.follow_ups.enums import RecoveryOutcome
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class FollowUpOutcomeQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="What came of the follow-ups opened in the window, and whether customers who were won back"
        " recommend and buy more than those who were not: an association. The largest group first; 200 at most.",
    )
    def follow_up_outcomes(
        self,
        info: Info,
        *,
        window: Span,
        by: Annotated[
            FollowUpGrouping, strawberry.argument(description="What follow-ups are told apart by.")
        ] = FollowUpGrouping.BRAND,
        where: Filter = None,
        after_days: Annotated[
            int, strawberry.argument(description="What customers do in so many days after counts: 1 to 366.")
        ] = follow_ups.AFTER_DAYS,
    ) -> list[FollowUpOutcomes] | None:
        asked = asked_of(info, window, where).of_all_segments()
        found = follow_ups.follow_up_outcomes(asked, follow_ups.Grouping(by.name), after_days)
        return [_shown(each) for each in found]


def _shown(group: follow_ups.Outcomes) -> FollowUpOutcomes:
    told: dict[str, Any] = {"in_time": group.in_time, "recommending": group.recommending}
    returning = group.returning
    if returning is not None:
        told["returning"] = FollowUpReturn(
            difference=returning.difference,
            interval=returning.interval,  # type: ignore[arg-type]  # a value, shown as the type
            p_value=returning.p_value,
        )
    return FollowUpOutcomes(
        key=group.key or None,
        label=group.label or None,
        opened=group.opened,
        outcomes=[
            FollowUpOutcomeCount(outcome=RecoveryOutcome[name], count=count) for name, count in group.counts.items()
        ],
        dismissed=group.dismissed,
        unfinished=group.unfinished,
        median_seconds=group.median_seconds,
        recovered=_afterwards(group.recovered),
        not_recovered=_afterwards(group.not_recovered),
        **{"returning": None, **told},
    )


def _afterwards(side: follow_ups.Afterwards) -> FollowUpAfterwards:
    told: dict[str, Any] = {"interval": side.answers.interval, "returned": side.returned}
    return FollowUpAfterwards(customers=side.customers, answers=side.answers.of, nps=side.answers.nps, **told)
