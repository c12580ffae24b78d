"""The additive numbers a question needs, from rollups as far as they reach and from the rows elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from apps.metrics import rollups, rows
from apps.metrics.asking import WHOLE, Ask, Key, Line, Sums
from apps.metrics.buckets import whole_days
from apps.metrics.clock import is_struck
from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.windows import day_start


@dataclass(frozen=True, slots=True)
class Cover:
    """How a span is read: by hours from rollups, or whole days from a shape's, the rest (or all) from the rows."""

    days: rollups.Days | None
    spans: tuple[tuple[datetime, datetime], ...]
    by_hours: bool = False


def cover(ask: Ask, zone: ZoneInfo, *, usable: bool) -> Cover:
    """Decide what is read from where."""
    everything = Cover(None, ((ask.start, ask.end),) if ask.start < ask.end else ())
    if ask.is_by_the_hour:
        is_kept = usable and not ask.dimensions and is_struck(ask.start, zone) and is_struck(ask.end, zone)
        return Cover(None, (), by_hours=True) if is_kept else everything
    shape = ask.fact.covering(ask.dimensions)
    days = whole_days(ask.start, ask.end, zone)
    if not usable or shape is None or days is None:
        return everything
    first, last = day_start(days[0], zone), day_start(days[1] + timedelta(days=1), zone)
    ends = ((ask.start, first), (last, ask.end))
    by_months = ask.grain is None or ask.grain.is_of_months
    read = rollups.Days(shape, *days, _dates(ask.cuts, zone), by_months)
    return Cover(read, tuple(end for end in ends if end[0] < end[1]))


@lru_cache(maxsize=64)  # dashboards ask for the same windows all day
def _dates(cuts: tuple[datetime, ...], zone: ZoneInfo) -> tuple[date, ...]:
    """Return the days that the cuts are the starts of: the wall clock shows a day's date when it begins."""
    return tuple(cut.astimezone(zone).date() for cut in cuts)


def collect(ask: Ask, zone: ZoneInfo, *, usable: bool) -> Sums:
    """Return the sums of every bucket and group that has rows."""
    return collect_each([(ask, usable)], zone)[0]


def collect_each(asked: Sequence[tuple[Ask, bool]], zone: ZoneInfo) -> list[Sums]:
    """Return the sums of several questions, each with whether its rollups may be read.

    Those that are answered from the same days of rollups are read by one SELECT.
    """
    covers = [cover(ask, zone, usable=usable) for ask, usable in asked]
    kept = [(ask, reading.days) for (ask, _), reading in zip(asked, covers, strict=True) if reading.days is not None]
    of_days = iter(rollups.sums_of_each(kept))
    found: list[Sums] = []
    for (ask, _), reading in zip(asked, covers, strict=True):
        lines = _of_rows(ask, reading)
        if reading.by_hours:
            hours, sums = rollups.hours(ask)
            lines += zip(hours.astype(int).tolist(), repeat(WHOLE[1]), *sums.tolist())
        if reading.days is not None:
            lines += next(of_days)
        found.append(_added_up(lines))
    return found


def _added_up(lines: Iterable[Line]) -> Sums:
    total: dict[Key, tuple[float, ...]] = {}
    for line in lines:
        key, numbers = (line[0], line[1]), line[2:]
        known = total.get(key)
        total[key] = numbers if known is None else tuple(map(sum, zip(known, numbers, strict=True)))
    return total


def by_bucket(ask: Ask, zone: ZoneInfo, names: Sequence[str | None], buckets: int, *, usable: bool) -> Floats:
    """Return the sums of all buckets: a part, a group in the order of `names`, a bucket; 0 where there are no rows.

    What is in none of these groups is left out.
    """
    reading = cover(ask, zone, usable=usable)
    total = np.zeros((len(ask.parts), len(names) + 1, buckets))
    if reading.by_hours:
        hours, sums = rollups.hours(ask)
        _add(total, (names.index(WHOLE[1]), hours.astype(int)), sums)
    lines = _of_rows(ask, reading)
    if reading.days is not None:
        lines += rollups.sums(ask, reading.days)
    if lines:
        places, groups, *columns = zip(*lines, strict=True)
        rank = {name: place for place, name in enumerate(names)}
        _add(total, (list(map(rank.get, groups, repeat(len(names)))), places), columns)
    return total[:, :-1]


def _add(total: Floats, cells: tuple[Any, Any], columns: Iterable[Any]) -> None:
    """Add a column to each part, where its numbers belong."""
    for part, column in zip(total, columns, strict=True):
        np.add.at(part, cells, column)


def _of_rows(ask: Ask, reading: Cover) -> list[Line]:
    """Return the sums of what is read from the rows, of every bucket and group that has any."""
    return [line for start, end in reading.spans for line in rows.sums(replace(ask, start=start, end=end))]
