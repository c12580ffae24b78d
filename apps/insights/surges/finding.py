"""The surges of a window: hours busier than the same hours of the weeks before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apps.insights.contacts import by_hour, first_contact
from apps.insights.surges.seasonal import FEWEST_WEEKS, THRESHOLD, Hour, Judged, judge
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.filters import EVERYTHING, Where, check
from apps.metrics.windows import Window, day_of, day_start, instant
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

MOST_DAYS = 31
USUAL_WEEKS = 8
_HOUR = timedelta(hours=1)
_WEEK = timedelta(weeks=1)
_LATELY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Surge:
    """Hours on end that were all busier than their like; `z` is that of the busiest."""

    start: datetime
    end: datetime
    contacts: int
    expected: float
    z: float

    @property
    def hours(self) -> list[datetime]:
        """Return where each of its hours begins."""
        return [self.start + hour * _HOUR for hour in range(round((self.end - self.start) / _HOUR))]


@dataclass(frozen=True, slots=True)
class Surges:
    """What was found, in how many hours, against how many weeks; no hours are judged by too few weeks."""

    threshold: float
    weeks: int
    hours: int
    surges: Sequence[Surge]


def latest_surge(*, now: datetime, where: Where = EVERYTHING) -> Surge | None:
    """Return the surge that began last, of the 24 hours up to the one that runs; None for none.

    The hour that runs is one as soon as more came in it than chance explains of the whole of its like.
    """
    found = surges_of(Window(hour_of(now) - _LATELY + _HOUR, hour_of(now) + _HOUR), now=now, where=where, running=True)
    return found.surges[-1] if found.surges else None


def hour_of(moment: datetime) -> datetime:
    """Return where the hour of the brand's wall clock that runs at a moment began."""
    wall = moment.astimezone(current_brand().zone)
    return moment - timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)


def surges_of(window: Window, *, now: datetime, where: Where = EVERYTHING, running: bool = False) -> Surges:
    """Return the surges among the hours that are over, and the one that runs if asked for.

    Raises: BadInput, also past 31 days.
    """
    if window.end - window.start > timedelta(days=MOST_DAYS, hours=1):
        raise BadInput(f"Surges are looked for in {MOST_DAYS} days at most.", field="window.to")
    check(INTERACTION, where)
    zone = current_brand().zone
    weeks = _weeks(window.start, zone)
    if weeks < FEWEST_WEEKS:
        return Surges(THRESHOLD, weeks, 0, ())
    first = day_start(day_of(window.start, zone) - weeks * _WEEK, zone)
    counts = {**by_hour(Window(first, window.start), where, now=now), **by_hour(window, where, now=now)}
    begun = now if running else now - _HOUR
    starts = [start for start in counts if window.start <= start <= begun]
    hours = [Hour(counts[start], [counts.get(like, 0.0) for like in _like(start, weeks, zone)]) for start in starts]
    return Surges(THRESHOLD, weeks, len(hours), _joined(starts, hours, judge(hours)))


def _weeks(start: datetime, zone: ZoneInfo) -> int:
    """Return by how many weeks an hour may be judged: those that lie wholly after the first contact there is."""
    first = first_contact()
    if first is None:
        return 0
    known = (day_of(start, zone) - day_of(first, zone)).days - 1
    return max(0, min(USUAL_WEEKS, known // 7))


def _like(start: datetime, weeks: int, zone: ZoneInfo) -> list[datetime]:
    """Return when the wall clock showed the same hour in each of the weeks before."""
    wall = start.astimezone(zone).replace(tzinfo=None, fold=0)
    return [instant(wall - week * _WEEK, zone) for week in range(1, weeks + 1)]


def _joined(starts: Sequence[datetime], hours: Sequence[Hour], judged: Sequence[Judged]) -> list[Surge]:
    """Join surges of hours on end."""
    found: list[Surge] = []
    for start, hour, each in zip(starts, hours, judged, strict=True):
        if each.z <= THRESHOLD:
            continue
        one = Surge(start, start + _HOUR, round(hour.came), each.expected, each.z)
        if found and found[-1].end == start:
            before = found.pop()
            one = Surge(
                before.start,
                one.end,
                before.contacts + one.contacts,
                before.expected + one.expected,
                max(before.z, one.z),
            )
        found.append(one)
    return found
