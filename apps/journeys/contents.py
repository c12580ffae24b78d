"""The stages and placements of a draft as rows: written whole, copied, and told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from apps.journeys.models import BrandPromise, Department, JourneyStage, JourneyVersion, Placement, Touchpoint
from apps.journeys.written import WrittenPlacement, WrittenStage, placed
from cxplatform.errors import BadInput, Conflict

RowT = TypeVar("RowT", bound=Model)


def write_contents(version: JourneyVersion, stages: Sequence[WrittenStage]) -> None:
    """Put these in the place of all a draft had; touchpoints nobody heard of are made. A few statements in all.

    Raises: BadInput naming the field by its path, for a department or promise that there is not; Conflict for a
    promise that is retired.
    """
    known = _Known.of(stages)
    version.placements.all().delete()
    version.stages.all().delete()
    made = [
        JourneyStage(version=version, position=place, key=stage.own_key, kind=stage.kind, name=stage.own_name)
        for place, stage in enumerate(stages)
    ]
    placements = [
        known.placement(version, made[int(path.split(".")[1])], path, number, each)
        for number, (path, each) in enumerate(placed(stages))
    ]
    JourneyStage.objects.bulk_create(made)
    Placement.objects.bulk_create(placements)


def copy_contents(source: JourneyVersion, draft: JourneyVersion) -> None:
    """Give an empty draft what another version has."""
    stages = {stage.pk: stage for stage in source.stages.all()}
    placements = list(source.placements.order_by("position"))
    copies = {key: _copied(stage, version_id=draft.pk) for key, stage in stages.items()}
    JourneyStage.objects.bulk_create(copies.values())
    Placement.objects.bulk_create(
        _copied(each, version_id=draft.pk, stage_id=copies[each.stage_id].pk) for each in placements
    )


def told(version: JourneyVersion) -> list[dict[str, object]]:
    """Tell what a version consists of, for the trail: a few words a touchpoint."""
    found: dict[Any, list[str]] = {}
    for each in version.placements.select_related("touchpoint", "owner").order_by("position"):
        found.setdefault(each.stage_id, []).append(f"{each.touchpoint.key} ({each.owner.key})")
    stages = version.stages.order_by("position")
    return [{"stage": stage.key, "touchpoints": found.get(stage.pk, [])} for stage in stages]


def _copied(row: RowT, **changed: object) -> RowT:
    # By the columns: what they refer to would be read one by one.
    names = (field.attname for field in row._meta.concrete_fields if not field.primary_key)
    columns = {name: getattr(row, name) for name in names}
    return type(row)(**{**columns, **changed})


class _Known:
    """What placements refer to by key."""

    def __init__(
        self,
        touchpoints: Mapping[str, Touchpoint],
        owners: Mapping[str, Department],
        promises: Mapping[str, BrandPromise],
    ) -> None:
        self._touchpoints = touchpoints
        self._owners = owners
        self._promises = promises

    @classmethod
    def of(cls, stages: Sequence[WrittenStage]) -> "_Known":
        named = [each for _, each in placed(stages)]
        Touchpoint.objects.bulk_create(
            [Touchpoint(key=each.touchpoint.strip(), name=each.name.strip()) for each in named], ignore_conflicts=True
        )
        return cls(
            _by_key(Touchpoint.objects.all(), (each.touchpoint for each in named)),
            _by_key(Department.objects.all(), (each.owner for each in named)),
            _by_key(BrandPromise.objects.all(), (each.promise for each in named if each.promise)),
        )

    def placement(
        self, version: JourneyVersion, stage: JourneyStage, path: str, number: int, each: WrittenPlacement
    ) -> Placement:
        touchpoint = self._touchpoints[each.touchpoint.strip()]
        owner = self._owners.get(each.owner.strip())
        if owner is None:
            raise BadInput("There is no such department.", field=f"{path}.owner")
        return Placement(
            version=version,
            stage=stage,
            position=number,
            touchpoint=touchpoint,
            name=each.name.strip() or touchpoint.name or touchpoint.key,
            channel=each.channel,
            owner=owner,
            is_moment_of_truth=each.is_moment_of_truth,
            weight=each.weight,
            promise=self._promise(path, each.promise),
            slo_ms=each.slo_ms,
            slo_share=each.slo_share,
        )

    def _promise(self, path: str, key: str | None) -> BrandPromise | None:
        if not key:
            return None
        promise = self._promises.get(key.strip())
        if promise is None:
            raise BadInput("There is no such promise.", field=f"{path}.promise")
        if promise.retired_at is not None:
            raise Conflict("The promise is retired.", field=f"{path}.promise")
        return promise


def _by_key(rows: "QuerySet[RowT]", keys: Iterable[str]) -> dict[str, RowT]:
    found: Iterable[Any] = rows.filter(key__in={key.strip() for key in keys})
    return {row.key: row for row in found}
