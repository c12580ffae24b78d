"""A whole year in every zone, compared with looking at the clock on the wall once a minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from apps.interactions.calendars.checks import check
from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import Opening, SpecialDay, WeekdayOpening, Written
from tests.interactions.calendars.drawn import ALWAYS, ZONES
from tests.interactions.calendars.plain import MINUTE, Versions, plain_minutes, timeline_of

START, END = datetime(2018, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = [
    WeekdayOpening(opens, closes, weekday)
    for weekday in range(1, 6)
    for opens, closes in (("08:30", "12:00"), ("13:00", "17:15"))
]
# Clocks are set on Sundays between midnight and 3: the hours of that night begin, end and break off around it.
NIGHT = [WeekdayOpening("22:00", "00:45", 6), WeekdayOpening("01:15", "02:15", 7), WeekdayOpening("02:30", "03:45", 7)]


def a_calendar_of(zone: str) -> Versions:
    """Make one with everything in it: nights, holidays, days of its own, and a revision while it is open."""
    special_days = [
        SpecialDay(date(2018, 7, 4), [Opening("10:00", "14:00")]),  # a holiday that is worked on
        SpecialDay(date(2018, 10, 10), []),
        SpecialDay(date(2018, 11, 4), [Opening("00:00", "02:00"), Opening("23:00", "04:00")]),
    ]
    first = Written(zone, [*OFFICE, *NIGHT], ["US"], special_days)
    second = Written(zone, [*OFFICE[2:], WeekdayOpening("20:00", "06:00", 7)], ["GB-SCT", "BR-SP"], special_days)
    return [(EARLIEST, first), (datetime(2018, 9, 5, 14, 7, tzinfo=UTC), second)]


@pytest.mark.parametrize("zone", ZONES)
def test_every_minute_of_a_year_is_open_or_closed_as_the_clock_on_the_wall_says(zone: str) -> None:
    versions = a_calendar_of(zone)
    for _, written in versions:
        check(written)

    counted = [START + place * MINUTE for place, is_open in enumerate(plain_minutes(versions, START, END)) if is_open]
    found = [
        span.start + place * MINUTE
        for span in timeline_of(versions).open_spans(START, END)
        for place in range((span.end - span.start) // MINUTE)
    ]

    assert len(found) > 100_000
    assert found == counted


LONG_AND_SHORT = [
    ("UTC", set()),
    ("America/New_York", {("2018-03-11", 23), ("2018-11-04", 25)}),
    ("Europe/London", {("2018-03-25", 23), ("2018-10-28", 25)}),
    ("Asia/Kolkata", set()),
    ("Australia/Lord_Howe", {("2018-04-01", 24.5), ("2018-10-07", 23.5)}),
    # Where the clocks are set at midnight.
    ("America/Sao_Paulo", {("2018-02-17", 25), ("2018-11-04", 23)}),
]


@pytest.mark.parametrize(("zone", "odd"), LONG_AND_SHORT)
def test_a_day_that_is_always_open_has_as_many_hours_as_the_wall_clock_gave_it(
    zone: str, odd: set[tuple[str, float]]
) -> None:
    always = timeline_of([(EARLIEST, Written(zone, ALWAYS, (), ()))])
    days = [date(2018, 1, 1) + timedelta(days=place) for place in range(366)]
    midnights = [datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in days]

    hours = [(str(day), always.elapsed(*edges) / HOUR) for day, edges in zip(days, pairwise(midnights), strict=False)]

    assert {(day, long) for day, long in hours if long != 24} == odd


@pytest.mark.parametrize("zone", ZONES)
def test_office_hours_are_as_long_on_every_day_of_the_year(zone: str) -> None:
    """Clocks are set at night: no day's work is an hour longer for it."""
    everyday = [WeekdayOpening("09:00", "17:00", weekday) for weekday in range(1, 8)]
    timeline = timeline_of([(EARLIEST, Written(zone, everyday, (), ()))])
    noons = [datetime(2018, 1, 1, 17, tzinfo=ZoneInfo(zone)) + timedelta(days=place) for place in range(366)]

    worked = [timeline.elapsed(*edges) for edges in pairwise(noon.astimezone(UTC) for noon in noons)]

    assert worked == [8 * HOUR] * 365
