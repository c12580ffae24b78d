"""What the wall clock of a zone shows, as data that SQL can reckon with.

So that Python's zones alone decide what hour it was, and not the database's as well.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cxplatform.zones import ahead_of_utc, change_within

WEEK_HOURS = 168
_STEP = timedelta(days=1)


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


def is_struck(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the zone's wall clock shows a whole hour at an instant."""
    wall = moment.astimezone(zone)
    return (wall.minute, wall.second, wall.microsecond) == (0, 0, 0)
