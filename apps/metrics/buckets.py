"""Buckets: a window cut at hours, days, weeks, months or quarters of the brand's zone, complete, in order."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from apps.metrics.windows import Window, day_of, day_start
from cxplatform.errors import BadInput
from cxplatform.zones import change_within

MOST_BUCKETS = 2_000
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Grain(StrEnum):
    """The size of a bucket."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"

    @property
    def is_of_months(self) -> bool:
        """Tell whether it is cut at months' ends alone."""
        return self in (Grain.MONTH, Grain.QUARTER)


@lru_cache(maxsize=64)  # dashboards ask for the same windows all day
def edges(window: Window, grain: Grain, zone: ZoneInfo) -> tuple[datetime, ...]:
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
    return (*found, window.end)


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
    return change_within(moment, strike, zone)


@lru_cache(maxsize=64)  # dashboards ask for the same windows all day
def whole_days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    """Return the first and the last of the local days that lie wholly within a span, None for none."""
    first = day_of(start, zone)
    if day_start(first, zone) < start:
        first += _DAY
    last = day_of(end, zone) - _DAY
    return (first, last) if first <= last else None


def whole_months(first: date, last: date) -> tuple[date, date] | None:
    """Return the first days of the first and the last month that lie wholly within a run of days, None for none."""
    begin = first if first.day == 1 else _next(_floor(first, Grain.MONTH), Grain.MONTH)
    end = _floor(last + _DAY, Grain.MONTH) - _DAY
    return (begin, _floor(end, Grain.MONTH)) if begin < end else None


def month_end(month: date) -> date:
    """Return the last day of the month a day is in."""
    return _next(_floor(month, Grain.MONTH), Grain.MONTH) - _DAY
