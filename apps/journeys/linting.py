"""What a version of a journey lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from apps.journeys.measurements import measured_since
from apps.journeys.models import JourneyStage, JourneyVersion, Placement

# Nothing told of a touchpoint for so long is nothing.
MEASURED_WITHIN: Final = timedelta(days=90)
WHOLE: Final = 100
MOST_UNOWNED: Final = 100


class FindingCode(StrEnum):
    WEIGHTS_DO_NOT_ADD_UP = "WEIGHTS_DO_NOT_ADD_UP"
    STAGE_WITHOUT_TOUCHPOINTS = "STAGE_WITHOUT_TOUCHPOINTS"
    TOUCHPOINT_WITHOUT_PROMISE = "TOUCHPOINT_WITHOUT_PROMISE"
    TOUCHPOINT_WITHOUT_MEASUREMENT = "TOUCHPOINT_WITHOUT_MEASUREMENT"
    MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL = "MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL"
    TOUCHPOINT_WITHOUT_OWNER = "TOUCHPOINT_WITHOUT_OWNER"


@dataclass(frozen=True)
class Finding:
    """Something that is lacking: of the version, of a stage or of a touchpoint, by key."""

    code: FindingCode
    message: str
    stage: str | None = None
    touchpoint: str | None = None


def lint(version: JourneyVersion, now: datetime) -> list[Finding]:
    """List what a version lacks, in its order; then touchpoints of no journey that something happens at. Four reads."""
    stages = list(version.stages.order_by("position"))
    placements = list(version.placements.select_related("stage", "touchpoint").order_by("position"))
    since = now - MEASURED_WITHIN
    ids = [each.touchpoint_id for each in placements]
    measured = set(measured_since(since).filter(pk__in=ids).values_list("pk", flat=True))
    return [*findings(stages, placements, measured), *_unowned(since)]


def findings(
    stages: Sequence[JourneyStage], placements: Sequence[Placement], measured: Collection[UUID]
) -> Iterator[Finding]:
    """List what stages and placements lack, of which these touchpoints are measured."""
    total = sum(each.weight for each in placements)
    if total != WHOLE:
        yield Finding(FindingCode.WEIGHTS_DO_NOT_ADD_UP, f"The weights add to {total} percent, not to {WHOLE}.")
    filled = {each.stage_id for each in placements}
    for stage in stages:
        if stage.pk not in filled:
            said = f"Nothing lies in the stage {stage.name}."
            yield Finding(FindingCode.STAGE_WITHOUT_TOUCHPOINTS, said, stage.key)
    for each in placements:
        for code, said in _lacking(each, each.touchpoint_id in measured):
            yield Finding(code, said, each.stage.key, each.touchpoint.key)


def _lacking(each: Placement, is_measured: bool) -> Iterator[tuple[FindingCode, str]]:
    if each.promise_id is None:
        yield FindingCode.TOUCHPOINT_WITHOUT_PROMISE, f"Nothing is promised at {each.name}."
    if not is_measured:
        said = f"Neither events nor answers of the last {MEASURED_WITHIN.days} days tell how it goes at {each.name}."
        yield FindingCode.TOUCHPOINT_WITHOUT_MEASUREMENT, said
    if each.is_moment_of_truth and each.slo_ms is None:
        said = f"{each.name} is a moment of truth without a service level."
        yield FindingCode.MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL, said


def _unowned(since: datetime) -> Iterator[Finding]:
    """List touchpoints at which something happens and which nobody owns: no version has them, nor has a department."""
    unowned = measured_since(since).filter(placements=None, department=None).order_by("key")
    for each in unowned[:MOST_UNOWNED]:
        said = f"{each.name or each.key} lies in no journey, and nobody owns it."
        yield Finding(FindingCode.TOUCHPOINT_WITHOUT_OWNER, said, touchpoint=each.key)
