"""What happened at touchpoints over a span, counted as each rule looks at it; in the open door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from apps.insights.frictions.finding import FAILING, HARD, REPEATS, SLOW, USUALLY_ALLOWED, Counted, Observed
from apps.journeys.models import Outcome, Touchpoint, TouchpointEvent, TouchpointSpan
from apps.metrics import selectors
from apps.metrics.answers import MetricValue
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.windows import Window
from apps.surveys.models import SurveyResponse, SurveyScope

TROUBLED: Final = Q(outcome__in=(Outcome.FRICTION, Outcome.FAILED))
# Great effort, on the scale of five where more is worse, and on that of seven where more is better.
# Effort of one moment: what somebody finds the brand like as a whole is no friction at a touchpoint.
OF_EFFORT: Final = Q(kind__in=("CES_5", "CES_7"), survey__scope=SurveyScope.TRANSACTIONAL)
ARE_HARD: Final = OF_EFFORT & (Q(kind="CES_5", score__gte=4) | Q(kind="CES_7", score__lte=3))
# Where a contact or an answer counts: at the touchpoint that it names, else at that where it was placed.
AT: Final = Coalesce("touchpoint_id", "placed_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a touchpoint at the end of the span, by the journey in force, and who owns it."""

    since: datetime
    owner: UUID
    slo_ms: int | None
    slo_share: float | None


@dataclass(frozen=True, slots=True)
class Brought:
    """The contacts a touchpoint brought, and how long they took to handle in seconds: of unknown ones, the mean."""

    contacts: int
    handle_seconds: float


def asked_of(window: Window) -> dict[UUID, Asked]:
    """Return what is asked of each touchpoint that a journey in force has."""
    spans = TouchpointSpan.objects.filter(Q(until=None) | Q(until__gte=window.end), since__lt=window.end)
    return {
        span.touchpoint_id: Asked(
            max(span.since, window.start), span.placement.owner_id, span.placement.slo_ms, span.placement.slo_share
        )
        for span in spans.select_related("placement").order_by("since")
    }


def held_to(asked: Mapping[UUID, Asked], window: Window) -> Q:
    """Match the events that are held to what is asked now: where there is a service level, those since it is."""
    within = Q(occurred_at__gte=window.start, occurred_at__lt=window.end)
    for key, each in asked.items():
        if each.slo_ms is not None:
            within &= ~Q(touchpoint=key, occurred_at__lt=each.since)
    return within


def are_slow(asked: Mapping[UUID, Asked]) -> Q:
    """Match the events that took longer than their touchpoint's service level says."""
    slow = Q(pk__in=[])
    for key, each in asked.items():
        if each.slo_ms is not None:
            slow |= Q(touchpoint=key, duration_ms__gt=each.slo_ms)
    return slow


def of_events(asked: Mapping[UUID, Asked], window: Window, keys: Mapping[UUID, str]) -> Iterator[Observed]:
    """Count what took too long and what went badly. One SELECT."""
    counted = (
        TouchpointEvent.objects.filter(held_to(asked, window))
        .values("touchpoint_id")
        .annotate(
            timed=Count("duration_ms"),
            slow=Count("pk", filter=are_slow(asked)),
            judged=Count("outcome"),
            troubled=Count("pk", filter=TROUBLED),
        )
    )
    for row in counted:
        key, level = keys[row["touchpoint_id"]], asked.get(row["touchpoint_id"])
        share = level.slo_share if level else None
        allowed = USUALLY_ALLOWED if share is None else round(1 - share, 9)
        if share is not None:
            yield Observed(key, SLOW, Counted(row["slow"], row["timed"]), allowed)
        yield Observed(key, FAILING, Counted(row["troubled"], row["judged"]), allowed)


def of_answers(window: Window, keys: Mapping[UUID, str]) -> Iterator[Observed]:
    """Count the answers that told of great effort. One SELECT."""
    answers = SurveyResponse.objects.annotate(at_touchpoint=AT).filter(
        OF_EFFORT,
        at_touchpoint__isnull=False,
        answered_at__gte=window.start,
        answered_at__lt=window.end,
    )
    for row in answers.values("at_touchpoint").annotate(all=Count("pk"), hard=Count("pk", filter=ARE_HARD)):
        yield Observed(keys[row["at_touchpoint"]], HARD, Counted(row["hard"], row["all"]))


def of_contacts(window: Window, *, now: datetime) -> Iterator[Observed]:
    """Count the contacts that had to be repeated, as REPEAT_CONTACT_RATE does: of the 50 that brought most."""
    for key, value in _by_touchpoint("REPEAT_CONTACT_RATE", window, now):
        if value.numerator is not None and value.denominator is not None:
            yield Observed(key, REPEATS, Counted(round(value.numerator), round(value.denominator)))


def brought_by(window: Window, *, now: datetime) -> dict[str, Brought]:
    """Return what each touchpoint brought, as AHT counts it: of the 50 that brought most."""
    found = {}
    for key, value in _by_touchpoint("AHT", window, now):
        contacts = value.sample_size + (value.excluded or 0)
        found[key] = Brought(contacts, contacts * (value.value or 0.0))
    return found


def touchpoint_keys() -> dict[UUID, str]:
    return dict(Touchpoint.objects.values_list("pk", "key"))


def _by_touchpoint(metric: str, window: Window, now: datetime) -> Iterator[tuple[str, MetricValue]]:
    slices = selectors.metric_breakdown(metric, window, by=DimensionKey.TOUCHPOINT, now=now, top=selectors.MOST_GROUPS)
    for each in slices:
        if each.key is not None:
            yield each.key, each.metric
