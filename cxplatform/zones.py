"""Time zones: which names there are, and how far ahead of UTC their wall clocks are."""

import zoneinfo
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# Names in the time zone database that are no place: the machine's own zone, and files beside the zones.
_NO_ZONES = {"localtime", "posixrules", "Factory"}
_SECOND = timedelta(seconds=1)


@cache
def zone_names() -> frozenset[str]:
    """Return the IANA names there are."""
    return frozenset(zoneinfo.available_timezones() - _NO_ZONES)


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
