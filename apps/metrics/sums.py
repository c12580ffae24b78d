"""The additive numbers a question needs, from rollups as far as they reach and from the rows elsewhere."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from apps.metrics import rollups, rows
from apps.metrics.asking import Ask, Key, Sums
from apps.metrics.buckets import whole_days
from apps.metrics.windows import day_of, day_start


@dataclass(frozen=True, slots=True)
class Cover:
    """How a span is read: whole days from a shape's rollups, the rest (or all) from the rows."""

    days: rollups.Days | None
    spans: tuple[tuple[datetime, datetime], ...]


def cover(ask: Ask, zone: ZoneInfo, *, usable: bool) -> Cover:
    """Decide what is read from where; inner cuts that are no day's start leave only the rows."""
    everything = Cover(None, ((ask.start, ask.end),) if ask.start < ask.end else ())
    shape = ask.fact.covering(ask.dimensions)
    if not usable or shape is None or any(day_start(day_of(cut, zone), zone) != cut for cut in ask.cuts):
        return everything
    days = whole_days(ask.start, ask.end, zone)
    if not days:
        return everything
    first, last = day_start(days[0], zone), day_start(days[-1].fromordinal(days[-1].toordinal() + 1), zone)
    ends = ((ask.start, first), (last, ask.end))
    cuts = tuple(day_of(cut, zone) for cut in ask.cuts)
    return Cover(rollups.Days(shape, days[0], days[-1], cuts), tuple(end for end in ends if end[0] < end[1]))


def collect(ask: Ask, zone: ZoneInfo, *, usable: bool) -> Sums:
    """Return the sums of every bucket and group that has rows."""
    reading = cover(ask, zone, usable=usable)
    parts = [rows.sums(replace(ask, start=start, end=end)) for start, end in reading.spans]
    if reading.days is not None:
        parts.append(rollups.sums(ask, reading.days))
    return added(parts)


def added(parts: list[Sums]) -> Sums:
    """Add sums up, group by group."""
    if len(parts) == 1:
        return parts[0]
    total: dict[Key, tuple[float, ...]] = {}
    for part in parts:
        for key, numbers in part.items():
            known = total.get(key)
            total[key] = numbers if known is None else tuple(map(sum, zip(known, numbers, strict=True)))
    return total
