"""Read what a theme is shown by, for several themes at once. Runs in the open door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, UUIDField, Window
from django.db.models.functions import Coalesce, RowNumber, TruncDate, TruncWeek

from apps.interactions.models import Interaction
from apps.surveys.models import FeedbackItem
from cxplatform.tenancy.doors import current_brand

MOST_WEEKS: Final = 104
MOST_EXAMPLES: Final = 3
MOST_REASONS: Final = 3
# What fewer of a theme's pieces come with is chance, and no suggestion.
LEAST_SHARE: Final = 0.1
# Of all feedback, so many of the last pieces are counted: what a request costs does not grow with the years.
COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class GoesWith:
    """A reason, and how often pieces of a theme were said in its contacts: a share, and against all feedback."""

    reason_id: UUID
    count: int
    share: float
    lift: float


def weeks_of(theme_ids: Collection[UUID], weeks: int, now: datetime) -> dict[UUID, list[tuple[date, int]]]:
    """Return the counts of the last weeks of each theme, the earliest first and none left out."""
    zone = current_brand().zone
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    all_weeks = [monday - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    week = TruncDate(TruncWeek("occurred_at", tzinfo=zone), tzinfo=zone)
    # A day early: midnight of the first Monday lies elsewhere in UTC.
    since = now - timedelta(weeks=weeks, days=1)
    rows = FeedbackItem.objects.filter(theme__in=theme_ids, occurred_at__gte=since).annotate(week=week)
    counted = {
        (theme, at): number
        for theme, at, number in rows.order_by().values_list("theme_id", "week").annotate(Count("id"))
    }
    return {theme: [(at, counted.get((theme, at), 0)) for at in all_weeks] for theme in theme_ids}


def examples_of(rows: "QuerySet[Any]", theme_ids: Collection[UUID]) -> "QuerySet[Any]":
    """Return the rows that fit each theme best, of those given; without words there is nothing to show."""
    rank = Window(
        RowNumber(),
        partition_by=F("theme_id"),
        order_by=(F("theme_fit").desc(nulls_last=True), F("occurred_at").desc(), F("id").desc()),
    )
    best = rows.filter(theme__in=theme_ids, text__isnull=False).annotate(rank=rank).filter(rank__lte=MOST_EXAMPLES)
    return FeedbackItem.objects.filter(pk__in=list(best.values_list("pk", flat=True)))


def fit(item: Any) -> tuple[float, datetime, UUID]:
    """Return by what examples of one theme are put in order."""
    return (-1.0 if item.theme_fit is None else item.theme_fit, item.occurred_at, item.pk)


def reasons_of(theme_ids: Collection[UUID], counted: int = COUNTED) -> dict[UUID, list[GoesWith]]:
    """Return the reasons that feedback of each theme comes with most, among the last pieces of all feedback.

    Of each at most three, that a tenth of its pieces with a reason come with.
    """
    lately = FeedbackItem.objects.order_by("-occurred_at", "-id").values("pk")[:counted]
    about = Interaction.objects.filter(
        source=OuterRef("survey_response__source"), external_id=OuterRef("survey_response__interaction_external_id")
    )
    reason = Coalesce("interaction__reason_id", Subquery(about.values("reason_id")[:1]), output_field=UUIDField())
    known = FeedbackItem.objects.filter(pk__in=lately).annotate(about_reason=reason)
    known = known.filter(about_reason__isnull=False).order_by()
    overall = dict(known.values_list("about_reason").annotate(Count("id")))
    told: dict[UUID, list[tuple[UUID, int]]] = {}
    of_themes = known.filter(theme__in=theme_ids).values_list("theme_id", "about_reason").annotate(Count("id"))
    for theme, of, number in of_themes:
        told.setdefault(theme, []).append((of, number))
    return {theme: _most(counts, overall) for theme, counts in told.items()}


def _most(counts: list[tuple[UUID, int]], overall: dict[UUID, int]) -> list[GoesWith]:
    together, everything = sum(number for _, number in counts), sum(overall.values())
    often = [each for each in counts if each[1] >= LEAST_SHARE * together]
    order = sorted(often, key=lambda each: (-each[1], each[0]))[:MOST_REASONS]
    return [
        GoesWith(of, number, number / together, (number / together) / (overall[of] / everything))
        for of, number in order
    ]
