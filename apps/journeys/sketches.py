from apps.journeys.comparing import Fields, Sketch
from apps.journeys.models import JourneyStage, JourneyVersion, Placement


def sketch_of(version: JourneyVersion) -> Sketch:
    """Read a version as it is compared. Two statements."""
    related = ("stage", "touchpoint", "owner", "promise")
    placements = list(version.placements.select_related(*related).order_by("position"))
    return Sketch(
        stages={stage.key: _of_stage(stage) for stage in version.stages.order_by("position")},
        touchpoints={each.touchpoint.key: _of_placement(each) for each in placements},
        places={each.touchpoint.key: each.stage.key for each in placements},
    )


def _of_stage(stage: JourneyStage) -> Fields:
    return {"kind": stage.kind, "name": stage.name}


def _of_placement(each: Placement) -> Fields:
    """Tell what is asked of a touchpoint, under the names the schema has for it."""
    return {
        "name": each.name,
        "channel": each.channel,
        "owner": each.owner.key,
        "isMomentOfTruth": "true" if each.is_moment_of_truth else "false",
        "weight": str(each.weight),
        "promise": each.promise.key if each.promise else None,
        "sloMs": None if each.slo_ms is None else str(each.slo_ms),
        "sloShare": None if each.slo_share is None else str(each.slo_share),
    }
