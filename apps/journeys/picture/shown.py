"""What a picture shows of each touchpoint, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q

from apps.journeys.linting import Finding, lint
from apps.journeys.models import JourneyVersion, Placement

# How far back a picture looks for whether service levels are kept.
KEPT_WITHIN: Final = timedelta(days=28)


class State(Enum):
    """How a touchpoint stands: the fill and the border it is drawn in; words say it too."""

    MISSED = ("#ffe2e0", "#b42318")
    LACKING = ("#fff1c9", "#8a5a00")
    KEPT = ("#dcf3e3", "#1a7f37")
    PLAIN = ("#eef1f5", "#57606a")


@dataclass(frozen=True)
class Level:
    """How a service level was kept: of `events` with a duration, `kept` took no longer than it allows."""

    events: int
    kept: int
    share: float

    @property
    def is_kept(self) -> bool:
        return self.kept >= self.share * self.events


@dataclass(frozen=True)
class Shown:
    """A touchpoint in a picture."""

    name: str
    owner: str
    channel: str
    is_moment_of_truth: bool
    state: State
    words: str


@dataclass(frozen=True)
class ShownStage:
    name: str
    touchpoints: Sequence[Shown]


def shown_of(version: JourneyVersion, now: datetime) -> list[ShownStage]:
    """Read what a picture of a version shows: stages in their order, each with its touchpoints. Six reads."""
    lacking: dict[str, list[Finding]] = {}
    for finding in lint(version, now):
        if finding.touchpoint is not None:
            lacking.setdefault(finding.touchpoint, []).append(finding)
    levels = _levels(version, now)
    found: dict[UUID, list[Shown]] = {}
    for each in version.placements.select_related("touchpoint", "owner").order_by("position"):
        told = _shown(each, levels.get(each.position), lacking.get(each.touchpoint.key, []))
        found.setdefault(each.stage_id, []).append(told)
    return [ShownStage(stage.name, found.get(stage.pk, [])) for stage in version.stages.order_by("position")]


def _levels(version: JourneyVersion, now: datetime) -> Mapping[int, Level]:
    # In the join, not in the counts: older events are many, and are not read.
    recent = Q(touchpoint__events__occurred_at__gte=now - KEPT_WITHIN, touchpoint__events__duration_ms__isnull=False)
    held = version.placements.filter(slo_ms__isnull=False).annotate(
        recent=FilteredRelation("touchpoint__events", condition=recent),
        timed=Count("recent"),
        within=Count("recent", filter=Q(recent__duration_ms__lte=F("slo_ms"))),
    )
    told = held.values_list("position", "timed", "within", "slo_share")
    return {position: Level(timed, within, share or 0) for position, timed, within, share in told if timed}


def _shown(each: Placement, level: Level | None, lacking: Sequence[Finding]) -> Shown:
    words = []
    if level is not None:
        verdict = "keeps" if level.is_kept else "misses"
        words.append(f"{verdict} its level: {level.kept / level.events:.0%} of {level.events:,}")
    if lacking:
        words.append("1 thing lacks" if len(lacking) == 1 else f"{len(lacking)} things lack")
    return Shown(
        name=each.name,
        owner=each.owner.name,
        channel=each.channel.replace("_", " ").lower(),
        is_moment_of_truth=each.is_moment_of_truth,
        state=_state(level, lacking),
        words="; ".join(words) or "nothing lacks",
    )


def _state(level: Level | None, lacking: Sequence[Finding]) -> State:
    if level is not None and not level.is_kept:
        return State.MISSED
    if lacking:
        return State.LACKING
    return State.PLAIN if level is None else State.KEPT
