"""All journeys as they were and are, for walking along them. Three reads, of what people wrote by hand."""

from collections import defaultdict
from uuid import UUID

from django.db.models import F

from apps.journeys.models import JourneyStage, JourneyVersion, Placement, VersionState
from apps.journeys.stages.moments import Map, Place


def maps_of_brand() -> dict[UUID, list[Map]]:
    """Return the versions of each journey that ever were in force or are to be, in the order of time."""
    versions = JourneyVersion.objects.exclude(state=VersionState.DRAFT).exclude(effective_until=F("effective_from"))
    positions: dict[UUID, dict[str, int]] = defaultdict(dict)
    stages = JourneyStage.objects.filter(version__in=versions).values_list("version_id", "key", "position", "pk")
    places: dict[UUID, dict[UUID, Place]] = defaultdict(dict)
    of_stage: dict[UUID, Place] = {}
    for version, key, position, stage in stages:
        positions[version][key] = position
        of_stage[stage] = Place(stage, key, position)
    placed = Placement.objects.filter(version__in=versions).values_list("version_id", "touchpoint_id", "stage_id")
    for version, touchpoint, stage in placed:
        places[version][touchpoint] = of_stage[stage]
    found: dict[UUID, list[Map]] = defaultdict(list)
    for each in versions.order_by("journey_id", "effective_from"):
        assert each.effective_from is not None, "a published version is"
        its = Map(each.effective_from, each.effective_until, positions[each.pk], places[each.pk])
        found[each.journey_id].append(its)
    return found
