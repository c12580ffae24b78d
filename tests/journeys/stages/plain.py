"""The rules of stages told again, as plainly as possible: a state that boundaries of versions and moments change."""

from collections.abc import Sequence
from typing import Any

from apps.journeys.stages.moments import Map, Moment, MomentKind

Row = tuple[Any, ...]


def rows_of(moments: Sequence[Moment], maps: Sequence[Map]) -> list[Row]:
    """List (stage, entered at, by which moment, left at, why, how it was entered, skipped, again, moments, last)."""
    happened: list[tuple[Any, ...]] = []
    for version in maps:
        happened.append((version.since, 0, "turn", version))
        if version.until is not None and all(other.since != version.until for other in maps):
            happened.append((version.until, 0, "turn", None))
    for moment in moments:
        for version in maps:
            if version.since <= moment.at and (version.until is None or moment.at < version.until):
                place = version.places.get(moment.touchpoint)
                if place is not None:
                    order = (place.position, moment.kind.value, *moment.key)
                    happened.append((moment.at, 1, *order, "moment", place, moment, version))
    rows: list[dict[str, Any]] = []
    where: dict[str, Any] | None = None
    for each in sorted(happened, key=lambda told: tuple(str(part) for part in told[:6])):
        if "turn" in each[:3]:
            if where is not None and (each[3] is None or where["key"] not in each[3].positions):
                where |= {"left_at": each[0], "left": "STAGE_ENDED"}
                where = None
            continue
        place, moment, version = each[-3:]
        if where is not None and where["key"] == place.key:
            where |= {"moments": where["moments"] + 1, "last": moment.at}
            continue
        before = sum(row["key"] == place.key for row in rows)
        if moment.kind is MomentKind.SURVEY_RESPONSE and before:
            continue
        came, skipped = "BEGAN", 0
        if where is not None:
            steps = place.position - version.positions[where["key"]]
            came, skipped = ("FORWARD", steps - 1) if steps > 0 else ("BACK", 0)
            where |= {"left_at": moment.at, "left": "MOVED"}
        where = {
            "key": place.key, "at": moment.at, "by": moment.id, "left_at": None, "left": None, "came": came,
            "skipped": skipped, "again": before, "moments": 1, "last": moment.at,
        }  # fmt: skip
        rows.append(where)
    return [tuple(row.values()) for row in rows]
