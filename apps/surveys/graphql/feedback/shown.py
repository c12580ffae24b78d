"""What a theme is shown by: how often it came up in each week, what fits it best, and which reasons it goes with."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.interactions.graphql.reasons.types import Reason
from apps.surveys.feedback.themes import telling
from apps.surveys.graphql.feedback.types import FeedbackItem, Theme
from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.registry import extend
from cxplatform.graphql.siblings import selection_key, siblings_of

USUAL_WEEKS: Final = 12
Weeks = Annotated[int, strawberry.argument(description="How many weeks, the present one among them: 1 to 104.")]


@strawberry.type(description="How often a theme came up in a week.")
class ThemeWeek:
    week_start: date = column("The week's Monday, in the brand's zone.")
    count: int = column("How many pieces of feedback spoke of it.")


@strawberry.type(description="A contact reason that a theme goes with.")
class ThemeReason:
    reason: Reason | None = column("The reason; null when you may not see it.")
    count: int = column("How many pieces of feedback of the theme were said in contacts of this reason, or about them.")
    share: float = column("Of those of the theme whose contact has a reason.")
    lift: float = column("How many times as often as among all feedback whose contact has a reason.")


def _trend(root: strawberry.Parent[Any], info: Info, weeks: Weeks = USUAL_WEEKS) -> list[ThemeWeek]:
    if not 1 <= weeks <= telling.MOST_WEEKS:
        raise BadInput(f"A trend has 1 to {telling.MOST_WEEKS} weeks.", field="weeks")

    def fetch(members: Sequence[Any]) -> dict[UUID, list[tuple[date, int]]]:
        return telling.weeks_of([each.pk for each in members], weeks, info.context.now)

    found: dict[UUID, list[tuple[date, int]]] = siblings_of(root).load(("trend", weeks), fetch)
    return [ThemeWeek(week_start=week, count=count) for week, count in found[root.pk]]


def _examples(root: strawberry.Parent[Any], info: Info) -> object:
    info.context.require(Permission.DRILL_DOWN)

    def fetch(members: Sequence[Any]) -> dict[UUID, list[Any]]:
        fitting = telling.examples_of(FeedbackItem.visible(info), [each.pk for each in members])
        found: dict[UUID, list[Any]] = {}
        for row in FeedbackItem.load(fitting, info._raw_info, keep=("occurred_at",)):
            found.setdefault(row.theme_id, []).append(row)
        return {key: sorted(rows, key=telling.fit, reverse=True) for key, rows in found.items()}

    found: dict[UUID, Any] = siblings_of(root).load(("examples", selection_key(info._raw_info)), fetch)
    return found.get(root.pk, [])


def _reason(its: telling.GoesWith, by_id: dict[UUID, Any]) -> ThemeReason:
    return ThemeReason(reason=by_id.get(its.reason_id), count=its.count, share=its.share, lift=its.lift)


def _reasons(root: strawberry.Parent[Any], info: Info) -> list[ThemeReason]:
    info.context.require(Permission.DRILL_DOWN)

    def fetch(members: Sequence[Any]) -> dict[UUID, list[ThemeReason]]:
        told = telling.reasons_of([each.pk for each in members])
        wanted = {each.reason_id for its in told.values() for each in its}
        rows = Reason.load(Reason.visible(info).filter(pk__in=wanted), info._raw_info)
        by_id = {row.pk: row for row in rows}
        return {key: [_reason(each, by_id) for each in its] for key, its in told.items()}

    found: dict[UUID, list[ThemeReason]] = siblings_of(root).load(("reasons", selection_key(info._raw_info)), fetch)
    return found.get(root.pk, [])


extend(
    Theme,
    "trend",
    list[ThemeWeek],
    strawberry.field(
        resolver=_trend,
        description="How often it came up, week by week, without a gap; the earliest first.",
        metadata=priced(Price(1, each=1, times=USUAL_WEEKS)),
    ),
)
extend(
    Theme,
    "examples",
    list[FeedbackItem] | None,
    strawberry.field(
        resolver=_examples,
        description=f"Up to {telling.MOST_EXAMPLES} pieces of feedback that fit it best.",
        metadata=priced(Price(1, each=1, times=telling.MOST_EXAMPLES, rows=True)),
    ),
)
extend(
    Theme,
    "suggested_reasons",
    list[ThemeReason] | None,
    strawberry.field(
        resolver=_reasons,
        description=f"Up to {telling.MOST_REASONS} contact reasons that its feedback comes with most, for whoever links"
        f" it to one: among the last {telling.COUNTED:,} pieces of all feedback.",
        metadata=priced(Price(1, each=1, times=telling.MOST_REASONS, rows=True)),
    ),
)
