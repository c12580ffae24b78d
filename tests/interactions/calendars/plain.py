"""Open time as one would count it by hand: look at the clock on the wall once a minute."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from apps.interactions.calendars.timeline import Timeline
from apps.interactions.calendars.written import Opening, Written, hours_of

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# In order, each with the instant it holds from.
Versions = Sequence[tuple[datetime, Written]]
_CLOCK = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]


def timeline_of(versions: Versions) -> Timeline:
    return Timeline([(since, hours_of(written)) for since, written in versions])


def plainly_open(versions: Versions, at: datetime) -> bool:
    """Tell from the clock on the wall whether it is open."""
    return next(plain_minutes(versions, at, at + MINUTE))


def plain_minutes(versions: Versions, start: datetime, end: datetime) -> Iterator[bool]:
    """Look once a minute, from start until before end."""
    times: dict[tuple[int, date], frozenset[str]] = {}
    while start < end:
        written = next((written for since, written in reversed(versions) if since <= start), versions[0][1])
        wall = start.astimezone(ZoneInfo(written.time_zone))
        key = id(written), wall.date()
        if key not in times:
            times[key] = _times(_beginning_on(written, key[1]), _beginning_on(written, key[1] - DAY))
        yield _CLOCK[60 * wall.hour + wall.minute] in times[key]
        start += MINUTE


@cache
def _times(today: tuple[Opening, ...], yesterday: tuple[Opening, ...]) -> frozenset[str]:
    """List what the clock shows while it is open on a day."""
    return frozenset(
        shown
        for shown in _CLOCK
        if any(each.opens <= shown and (shown < each.closes or each.closes < each.opens) for each in today)
        or any(shown < each.closes < each.opens for each in yesterday)
    )


def _beginning_on(written: Written, day: date) -> tuple[Opening, ...]:
    for special in written.special_days:
        if special.day == day:
            return tuple(special.hours)
    if any(_is_holiday(region, day) for region in written.holidays):
        return ()
    return tuple(opening for opening in written.hours if opening.weekday == day.isoweekday())


@cache
def _is_holiday(region: str, day: date) -> bool:
    country, _, part = region.partition("-")
    return day in holidays.country_holidays(country, subdiv=part or None, years=day.year)
