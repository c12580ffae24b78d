"""A version of a calendar as people write it and as it is stored: times as `HH:MM`, weekdays 1 to 7, Monday first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from apps.interactions.calendars.hours import DAY_MINUTES, Hours, Interval
from apps.interactions.calendars.public_holidays import PublicHolidays
from cxplatform.errors import BadInput

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")


@dataclass(frozen=True)
class Opening:
    """From `opens` to `closes`; to the next day's `closes`, where that is the earlier time."""

    opens: str
    closes: str


@dataclass(frozen=True)
class WeekdayOpening(Opening):
    """The same on one day of every week."""

    weekday: int


@dataclass(frozen=True)
class SpecialDay:
    """A date with hours of its own, closed where there are none."""

    day: date
    hours: Sequence[Opening]


@dataclass(frozen=True)
class Written:
    """All that a version says."""

    time_zone: str
    hours: Sequence[WeekdayOpening]
    holidays: Sequence[str]
    special_days: Sequence[SpecialDay]


def hours_of(written: Written) -> Hours:
    """Read a version that was checked when it was written. Raises: BadInput, for a time that is none."""
    intervals = [(opening.weekday, interval_of(opening)) for opening in written.hours]
    week = tuple(tuple(sorted(found for day, found in intervals if day == weekday)) for weekday in range(1, 8))
    special_days = {each.day: tuple(map(interval_of, each.hours)) for each in written.special_days}
    return Hours(ZoneInfo(written.time_zone), week, PublicHolidays(written.holidays), special_days)


def interval_of(opening: Opening, place: str = "hours") -> Interval:
    """Read an opening. Raises: BadInput, naming the field by the `place` of the opening."""
    opens, closes = _minutes(opening.opens, f"{place}.opens"), _minutes(opening.closes, f"{place}.closes")
    if opens == DAY_MINUTES:
        raise BadInput("What opens at 24:00 opens at 00:00 of the next day.", field=f"{place}.opens")
    if opens == closes:
        raise BadInput("Hours end after they begin; a whole day is 00:00 to 24:00.", field=f"{place}.closes")
    return Interval(opens, closes if closes > opens else closes + DAY_MINUTES)


def _minutes(text: str, field: str) -> int:
    if not _TIME.fullmatch(text):
        raise BadInput("A time is HH:MM, from 00:00 to 24:00.", field=field)
    hours, _, minutes = text.partition(":")
    return 60 * int(hours) + int(minutes)
