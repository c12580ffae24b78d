"""What is no calendar is refused, by the field at fault."""

from datetime import date
from typing import Any

import pytest

from apps.interactions.calendars.checks import check
from apps.interactions.calendars.written import Opening, SpecialDay, WeekdayOpening, Written
from cxplatform.errors import BadInput

MONDAY = WeekdayOpening("09:00", "17:00", 1)
DAY = date(2026, 12, 24)


def written(**given: Any) -> Written:
    return Written(**{"time_zone": "UTC", "hours": [MONDAY], "holidays": ["US"], "special_days": [], **given})


def openings(*times: tuple[str, str], weekday: int = 1) -> list[WeekdayOpening]:
    return [WeekdayOpening(opens, closes, weekday) for opens, closes in times]


def special(*times: tuple[str, str], day: date = DAY) -> SpecialDay:
    return SpecialDay(day, [Opening(*each) for each in times])


REFUSED = {
    "a zone nobody knows": ({"time_zone": "Mars/Olympus"}, "time_zone"),
    "the zone of the machine": ({"time_zone": "localtime"}, "time_zone"),
    "never open": ({"hours": []}, "hours"),
    "more than 70 intervals": ({"hours": [MONDAY] * 71}, "hours"),
    "an eighth weekday": ({"hours": [MONDAY, WeekdayOpening("09:00", "17:00", 8)]}, "hours.1.weekday"),
    "no time": ({"hours": openings(("9:00", "17:00"))}, "hours.0.opens"),
    "a time past midnight": ({"hours": openings(("09:00", "24:01"))}, "hours.0.closes"),
    "digits that are none of ours": ({"hours": openings(("٠٩:00", "17:00"))}, "hours.0.opens"),
    "opening when the day is over": ({"hours": openings(("24:00", "01:00"))}, "hours.0.opens"),
    "closing when it opens": ({"hours": openings(("09:00", "12:00"), ("13:00", "13:00"))}, "hours.1.closes"),
    "an overlap": ({"hours": openings(("09:00", "12:00"), ("11:59", "17:00"))}, "hours"),
    "a night into the next day's hours": ({"hours": [*openings(("22:00", "09:01"), weekday=7), MONDAY]}, "hours"),
    "a region nobody knows": ({"holidays": ["US", "US-ZZ"]}, "holidays.1"),
    "a country by another code": ({"holidays": ["USA"]}, "holidays.0"),
    "half a region": ({"holidays": ["DE-"]}, "holidays.0"),
    "more than 10 regions": ({"holidays": ["US"] * 11}, "holidays"),
    "a day twice": ({"special_days": [special(), special(("09:00", "10:00"))]}, "special_days.1.day"),
    "a bad time of a day": (
        {"special_days": [special(("09:00", "10:00"), ("x", "12:00"))]}, "special_days.0.hours.1.opens"
    ),
    "an overlap in a day": (
        {"special_days": [special(("09:00", "10:00"), ("09:30", "12:00"))]}, "special_days.0.hours"
    ),
    "a day of 11 intervals": ({"special_days": [special(*[("09:00", "10:00")] * 11)]}, "special_days.0.hours"),
    "more than 400 days": (
        {"special_days": [special(day=date.fromordinal(DAY.toordinal() + place)) for place in range(401)]},
        "special_days",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "field"), REFUSED.values(), ids=list(REFUSED))
def test_it_is_refused_by_the_field_at_fault(given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        check(written(**given))

    assert refused.value.field == field


def test_what_touches_does_not_overlap() -> None:
    check(written(hours=[*openings(("09:00", "12:00"), ("12:00", "24:00")), *openings(("00:00", "09:00"), weekday=2)]))
    check(written(hours=[*openings(("22:00", "09:00"), weekday=7), MONDAY]))
