"""The funnel of a journey over a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from apps.insights.funnel.reading import Entered, entered
from apps.insights.funnel.survival import quantile
from apps.journeys.models import JourneyStage, JourneyVersion
from apps.journeys.selectors import in_force
from apps.metrics.statistics.intervals import Interval, wilson
from apps.metrics.windows import Window
from cxplatform.errors import BadInput

MOST_SEGMENTS: Final = 100


@dataclass(frozen=True, slots=True)
class Share:
    """A share of customers, with its interval; unknown of nobody."""

    numerator: int
    denominator: int
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """Those who entered a stage in the window, and what became of them by now. Times are in seconds."""

    key: str
    name: str
    entered: int
    went_on: int
    still_in: int
    left_otherwise: int
    conversion: Share
    settled_conversion: Share
    median_seconds: float | None
    p90_seconds: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel by the stages of a version; a journey without one in force has none."""

    version: JourneyVersion
    stages: Sequence[FunnelStage]


def journey_funnel(journey: str, window: Window, *, segments: Sequence[str] | None, now: datetime) -> Funnel | None:
    """Return the funnel by the version in force at the end of the window, or now if that is to come; None for none.

    Raises: BadInput, past 100 segments.
    """
    if segments is not None and len(segments) > MOST_SEGMENTS:
        raise BadInput(f"At most {MOST_SEGMENTS} segments are asked for at once.", field="segment")
    last = min(window.end, now)
    version = in_force(JourneyVersion.objects.filter(journey__key=journey), last).first()
    if version is None:
        return None
    stages = list(version.stages.order_by("position"))
    told = entered(version.journey_id, [each.key for each in stages], window, segments=segments, now=now)
    return Funnel(version, [_stage(stage, its) for stage, its in zip(stages, told, strict=True)])


def _stage(stage: JourneyStage, its: Entered) -> FunnelStage:
    settled = its.customers - its.still_in
    return FunnelStage(
        key=stage.key,
        name=stage.name,
        entered=its.customers,
        went_on=its.went_on,
        still_in=its.still_in,
        left_otherwise=settled - its.went_on,
        conversion=_share(its.went_on, its.customers),
        settled_conversion=_share(its.went_on, settled),
        median_seconds=quantile(its.stays, 0.5),
        p90_seconds=quantile(its.stays, 0.9),
    )


def _share(part: int, whole: int) -> Share:
    return Share(part, whole, part / whole if whole else None, wilson(part, whole))
