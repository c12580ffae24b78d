"""What a version of a calendar must be like; each refusal names the field at fault."""

from collections.abc import Sequence, Sized
from itertools import pairwise
from typing import Final

from apps.interactions.calendars.hours import DAY_MINUTES, Interval
from apps.interactions.calendars.public_holidays import is_region
from apps.interactions.calendars.written import Opening, SpecialDay, Written, interval_of
from cxplatform.errors import BadInput
from cxplatform.zones import zone_names

MOST_OPENINGS: Final = 70
MOST_OPENINGS_A_DAY: Final = 10
MOST_REGIONS: Final = 10
MOST_SPECIAL_DAYS: Final = 400
_WEEK_MINUTES: Final = 7 * DAY_MINUTES


def check(written: Written) -> None:
    """Insist on a version that can be counted by. Raises: BadInput."""
    if written.time_zone not in zone_names():
        raise BadInput("This is not an IANA time zone, such as Europe/Berlin.", field="time_zone")
    _check_week(written)
    _at_most(MOST_REGIONS, written.holidays, "holidays")
    for place, region in enumerate(written.holidays):
        if not is_region(region):
            raise BadInput("No holidays are known of this region; write US or DE-BY.", field=f"holidays.{place}")
    _check_special_days(written.special_days)


def _check_week(written: Written) -> None:
    if not written.hours:
        raise BadInput("A calendar that never opens counts nothing.", field="hours")
    _at_most(MOST_OPENINGS, written.hours, "hours")
    in_week = []
    for place, opening in enumerate(written.hours):
        if not 1 <= opening.weekday <= 7:
            raise BadInput("A weekday is 1 (Monday) to 7 (Sunday).", field=f"hours.{place}.weekday")
        opens, closes = interval_of(opening, f"hours.{place}")
        begins = (opening.weekday - 1) * DAY_MINUTES
        in_week.append(Interval(begins + opens, begins + closes))
    first = min(in_week)
    # Sunday's night runs into Monday.
    _check_apart([*in_week, Interval(first.opens + _WEEK_MINUTES, first.closes + _WEEK_MINUTES)], "hours")


def _check_special_days(days: Sequence[SpecialDay]) -> None:
    _at_most(MOST_SPECIAL_DAYS, days, "special_days")
    seen = set()
    for place, special in enumerate(days):
        field = f"special_days.{place}"
        if special.day in seen:
            raise BadInput("This day is given twice.", field=f"{field}.day")
        seen.add(special.day)
        _check_day(special.hours, f"{field}.hours")


def _check_day(hours: Sequence[Opening], field: str) -> None:
    _at_most(MOST_OPENINGS_A_DAY, hours, field)
    _check_apart([interval_of(opening, f"{field}.{place}") for place, opening in enumerate(hours)], field)


def _check_apart(intervals: Sequence[Interval], field: str) -> None:
    if any(later.opens < earlier.closes for earlier, later in pairwise(sorted(intervals))):
        raise BadInput("Hours overlap.", field=field)


def _at_most(most: int, given: Sized, field: str) -> None:
    if len(given) > most:
        raise BadInput(f"There may be {most} of these at most.", field=field)
