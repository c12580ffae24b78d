"""What the wall clock of a zone shows, as data that SQL can reckon with.

So that Python's zones alone decide what hour it was, and not the database's as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEK_HOURS = 168
_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class WallClock:
    """How far ahead of UTC the wall clock is within a span: from each instant of `since` on, by as much as `ahead`."""

    since: tuple[datetime, ...]
    ahead: tuple[timedelta, ...]


@lru_cache(maxsize=64)  # dashboards ask for the same windows all day
def wall_clock(start: datetime, end: datetime, zone: ZoneInfo) -> WallClock:
    """Return what the zone's clock shows over [start, end); instants in UTC."""
    since, ahead = [start], [ahead_of_utc(start, zone)]
    moment = start
    while moment < end:
        following = min(moment + _STEP, end)
        offset = ahead_of_utc(following, zone)
        if offset != ahead[-1] and (change := change_within(moment, following, zone)) < end:
            since.append(change)
            ahead.append(offset)
        moment = following
    return WallClock(tuple(since), tuple(ahead))


def ahead_of_utc(moment: datetime, zone: ZoneInfo) -> timedelta:
    """Return how far the zone's wall clock is ahead of UTC at an instant."""
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None, zone
    return offset


def change_within(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, to the second, at which the zone's offset changes between the two."""
    offset = ahead_of_utc(before, zone)
    while after - before > _SECOND:
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if ahead_of_utc(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


def is_struck(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the zone's wall clock shows a whole hour at an instant."""
    wall = moment.astimezone(zone)
    return (wall.minute, wall.second, wall.microsecond) == (0, 0, 0)
