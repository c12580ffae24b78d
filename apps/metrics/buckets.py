"""Buckets: a window cut at hours, days, weeks, months or quarters of the brand's zone, complete, in order."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from apps.metrics.windows import Window, day_of, day_start
from cxplatform.errors import BadInput

MOST_BUCKETS = 2_000
_HOUR = timedelta(hours=1)


class Grain(StrEnum):
    """The size of a bucket."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"


def edges(window: Window, grain: Grain, zone: ZoneInfo) -> list[datetime]:
    """Return the edges of all buckets: the window's ends and every cut between, in UTC.

    So the first and the last bucket may be part of an hour's, day's or month's. A day lasts as long as it
    does where the brand is (23 h, 25 h), and one that a zone skipped does not exist. Raises: BadInput past
    2,000 buckets.
    """
    cuts = _hours(window.start, zone) if grain is Grain.HOUR else _days(window, grain, zone)
    found = [window.start]
    for cut in cuts:
        if cut >= window.end:
            break
        if cut > found[-1]:
            found.append(cut)
        if len(found) > MOST_BUCKETS:
            raise BadInput(f"A series has {MOST_BUCKETS} buckets at most; take a larger grain.", field="grain")
    return [*found, window.end]


def _days(window: Window, grain: Grain, zone: ZoneInfo) -> Iterator[datetime]:
    day = _floor(day_of(window.start, zone), grain)
    while True:
        yield day_start(day, zone)
        day = _next(day, grain)


def _floor(day: date, grain: Grain) -> date:
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    if grain is Grain.MONTH:
        return day.replace(day=1)
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _next(day: date, grain: Grain) -> date:
    if grain is Grain.DAY:
        return day + timedelta(days=1)
    if grain is Grain.WEEK:
        return day + timedelta(days=7)
    months = day.month - 1 + (1 if grain is Grain.MONTH else 3)
    return date(day.year + months // 12, months % 12 + 1, 1)


def _hours(start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the instants at which the wall clock strikes, or is set: a repeated hour is two buckets."""
    moment = start
    while True:
        yield moment
        moment = _next_hour(moment, zone)


def _next_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    wall = moment.astimezone(zone)
    strike = moment + _HOUR - timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    if strike.astimezone(zone).utcoffset() == wall.utcoffset():
        return strike
    return _change_within(moment, strike, zone)


def _change_within(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, to the second, at which the zone's offset changes between the two."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def whole_days(start: datetime, end: datetime, zone: ZoneInfo) -> list[date]:
    """Return the local days that lie wholly within a span, in order, without those that a zone skipped."""
    day = day_of(start, zone)
    if day_start(day, zone) < start:
        day += timedelta(days=1)
    found: list[date] = []
    while (following := day_start(day + timedelta(days=1), zone)) <= end:
        if following > day_start(day, zone):
            found.append(day)
        day += timedelta(days=1)
    return found
