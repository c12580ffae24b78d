"""The additive numbers a question needs, from rollups as far as they reach and from the rows elsewhere."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apps.metrics import rollups, rows
from apps.metrics.asking import Ask, Key, Sums
from apps.metrics.buckets import whole_days
from apps.metrics.clock import is_struck
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
    # Each is the start of a day, when the wall clock shows that day's date.
    cuts = tuple(cut.astimezone(zone).date() for cut in ask.cuts)
    by_months = ask.grain is None or ask.grain.is_of_months
    return Cover(rollups.Days(shape, *days, cuts, by_months), tuple(end for end in ends if end[0] < end[1]))


def collect(ask: Ask, zone: ZoneInfo, *, usable: bool) -> Sums:
    """Return the sums of every bucket and group that has rows."""
    reading = cover(ask, zone, usable=usable)
    parts = [rows.sums(replace(ask, start=start, end=end)) for start, end in reading.spans]
    if reading.by_hours:
        parts.append(rollups.hours(ask))
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
