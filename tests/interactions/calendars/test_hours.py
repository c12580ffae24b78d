"""What people expect of opening hours, one sentence at a time; instants are read by the wall clock of the zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.interactions.calendars.timeline import EARLIEST, Timeline
from apps.interactions.calendars.written import Opening, SpecialDay, WeekdayOpening, Written, hours_of
from tests.interactions.calendars.plain import timeline_of

NEW_YORK = "America/New_York"
WEEKDAYS = range(1, 6)
HOUR = timedelta(hours=1)
NINE_TO_FIVE = [WeekdayOpening("09:00", "17:00", weekday) for weekday in WEEKDAYS]


def calendar(
    hours: list[WeekdayOpening],
    *,
    zone: str = NEW_YORK,
    holidays: tuple[str, ...] = (),
    special_days: tuple[SpecialDay, ...] = (),
) -> Timeline:
    return timeline_of([(EARLIEST, Written(zone, hours, holidays, special_days))])


def at(wall: str, zone: str = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def test_a_day_has_several_intervals() -> None:
    split = calendar([WeekdayOpening("09:00", "12:00", 1), WeekdayOpening("13:00", "17:00", 1)])

    assert [split.is_open(at(f"2026-03-02T{wall}")) for wall in ("11:59", "12:00", "12:59", "13:00")] == [
        True,
        False,
        False,
        True,
    ]
    assert split.elapsed(at("2026-03-02T00:00"), at("2026-03-03T00:00")) == 7 * HOUR


def test_a_night_shift_belongs_to_the_day_it_opens_on() -> None:
    friday_night = calendar([WeekdayOpening("22:00", "06:00", 5)])

    assert not friday_night.is_open(at("2026-03-06T05:00"))
    assert friday_night.is_open(at("2026-03-07T05:00"))
    assert friday_night.elapsed(at("2026-03-06T12:00"), at("2026-03-07T12:00")) == 8 * HOUR


def test_sundays_night_runs_into_monday() -> None:
    sunday_night = calendar([WeekdayOpening("22:00", "02:00", 7)])

    assert sunday_night.is_open(at("2026-03-09T01:59"))
    assert not sunday_night.is_open(at("2026-03-09T02:00"))


def test_what_closes_at_midnight_closes_at_the_end_of_its_day() -> None:
    by_zero, by_twenty_four = (calendar([WeekdayOpening("18:00", closes, 1)]) for closes in ("00:00", "24:00"))

    for evening in (by_zero, by_twenty_four):
        assert evening.elapsed(at("2026-03-02T00:00"), at("2026-03-04T00:00")) == 6 * HOUR


def test_a_holiday_is_a_day_off_and_so_is_the_day_it_is_moved_to() -> None:
    office = calendar(NINE_TO_FIVE, holidays=("US",))

    # New Year's Day of 2022 was a Saturday: the Friday before, in the old year, was off.
    assert not office.is_open(at("2021-12-31T10:00"))
    assert office.is_open(at("2021-12-30T10:00"))


def test_the_holidays_of_a_part_of_a_country_are_its_own() -> None:
    bavaria, berlin = (
        calendar(NINE_TO_FIVE, zone="Europe/Berlin", holidays=(region,)) for region in ("DE-BY", "DE-BE")
    )
    epiphany = at("2026-01-06T10:00", "Europe/Berlin")

    assert (bavaria.is_open(epiphany), berlin.is_open(epiphany)) == (False, True)


def test_a_day_of_ones_own_goes_before_weekday_and_holiday() -> None:
    independence = SpecialDay(date(2025, 7, 4), [Opening("10:00", "12:00")])
    sunday, outing = SpecialDay(date(2025, 7, 6), [Opening("10:00", "12:00")]), SpecialDay(date(2025, 7, 7), [])
    office = calendar(NINE_TO_FIVE, holidays=("US",), special_days=(independence, sunday, outing))

    days = [at(f"2025-07-0{day}T00:00") for day in range(4, 9)]

    assert [office.elapsed(day, day + 24 * HOUR) / HOUR for day in days] == [2, 0, 2, 0, 8]


def test_a_holiday_cancels_the_night_that_begins_on_it_and_not_the_one_that_ends_on_it() -> None:
    nights = calendar([WeekdayOpening("22:00", "06:00", weekday) for weekday in range(1, 8)], holidays=("US",))

    assert nights.is_open(at("2025-07-04T05:59"))  # Thursday's night, into the holiday
    assert not nights.is_open(at("2025-07-04T23:00"))
    assert not nights.is_open(at("2025-07-05T01:00"))


def test_a_night_into_the_hours_of_a_special_day_counts_once() -> None:
    early = SpecialDay(date(2026, 3, 3), [Opening("02:00", "03:00"), Opening("05:00", "08:00")])
    night = calendar([WeekdayOpening("22:00", "06:00", 1)], special_days=(early,))

    assert night.elapsed(at("2026-03-02T12:00"), at("2026-03-03T12:00")) == 10 * HOUR


def test_hours_that_the_clock_skips_are_not_open() -> None:
    early = calendar([WeekdayOpening("01:30", "03:30", 7)])
    skipped = calendar([WeekdayOpening("02:00", "03:00", 7)])
    day = at("2026-03-08T00:00"), at("2026-03-09T00:00")

    assert early.elapsed(*day) == HOUR
    assert skipped.elapsed(*day) == timedelta()


def test_hours_that_the_clock_shows_twice_are_open_twice() -> None:
    early = calendar([WeekdayOpening("01:00", "02:00", 7)])

    assert early.is_open(at("2026-11-01T01:30", fold=0))
    assert early.is_open(at("2026-11-01T01:30", fold=1))
    assert early.elapsed(at("2026-11-01T00:00"), at("2026-11-02T00:00")) == 2 * HOUR


def test_a_day_that_a_zone_left_out_has_no_hours() -> None:
    everyday = calendar([WeekdayOpening("09:00", "17:00", weekday) for weekday in range(1, 8)], zone="Pacific/Apia")
    thursday, saturday = at("2011-12-29T00:00", "Pacific/Apia"), at("2011-12-31T00:00", "Pacific/Apia")

    assert saturday - thursday == 24 * HOUR
    assert everyday.elapsed(thursday, saturday) == 8 * HOUR


def test_time_counts_by_the_version_that_holds_while_it_passes() -> None:
    long_hours = [WeekdayOpening("08:00", "20:00", weekday) for weekday in WEEKDAYS]
    revised = timeline_of(
        [
            (EARLIEST, Written(NEW_YORK, NINE_TO_FIVE, (), ())),
            (at("2026-03-03T00:00"), Written(NEW_YORK, long_hours, (), ())),
        ]
    )

    # Monday by the old hours, Tuesday by the new ones.
    assert revised.elapsed(at("2026-03-02T00:00"), at("2026-03-04T00:00")) == 20 * HOUR
    assert revised.deadline(at("2026-03-02T16:00"), 3 * HOUR) == at("2026-03-03T10:00")


def test_the_first_version_held_before_it_was_made() -> None:
    only = Timeline([(at("2026-03-03T00:00"), hours_of(Written(NEW_YORK, NINE_TO_FIVE, (), ())))])

    assert only.is_open(at("1999-03-03T10:00"))


def test_a_version_may_move_to_another_zone() -> None:
    moved = timeline_of(
        [
            (EARLIEST, Written(NEW_YORK, NINE_TO_FIVE, (), ())),
            (at("2026-03-03T00:00"), Written("Asia/Kolkata", NINE_TO_FIVE, (), ())),
        ]
    )

    assert moved.next_opening(at("2026-03-03T09:00")) == at("2026-03-04T09:00", "Asia/Kolkata")


def test_what_is_used_up_when_the_office_closes_lasts_until_it_opens_again() -> None:
    office = calendar(NINE_TO_FIVE)
    friday, monday = at("2026-03-06T09:00"), at("2026-03-09T09:00")

    assert office.deadline(friday, 8 * HOUR) == monday
    assert office.elapsed(friday, at("2026-03-07T12:00")) == office.elapsed(friday, monday) == 8 * HOUR
    assert office.deadline(friday, 8 * HOUR - timedelta(seconds=1)) == at("2026-03-06T16:59:59")


def test_instants_may_be_given_by_any_clock() -> None:
    always = calendar([WeekdayOpening("00:00", "24:00", weekday) for weekday in range(1, 8)])
    saturday, monday = (datetime(2026, 3, day, 12, tzinfo=ZoneInfo(NEW_YORK)) for day in (7, 9))

    assert always.elapsed(saturday, monday) == 47 * HOUR
    assert always.deadline(saturday, 47 * HOUR) == monday.astimezone(UTC)


def test_answers_are_to_the_microsecond() -> None:
    office = calendar(NINE_TO_FIVE)
    odd = timedelta(hours=1, microseconds=1)

    assert office.deadline(at("2026-03-06T16:30"), odd) == at("2026-03-09T09:30") + timedelta(microseconds=1)
    assert office.elapsed(at("2026-03-06T16:30"), at("2026-03-09T09:30") + timedelta(microseconds=1)) == odd


def test_beyond_the_horizon_there_is_no_deadline() -> None:
    hourly = calendar([WeekdayOpening("09:00", "10:00", 1)])
    start = at("2026-03-02T00:00")

    assert hourly.deadline(start, 52 * HOUR) == at("2027-03-01T09:00")
    assert hourly.deadline(start, 53 * HOUR) is None


def test_time_is_counted_forward() -> None:
    office = calendar(NINE_TO_FIVE)
    start = at("2026-03-02T00:00")

    with pytest.raises(ValueError, match="forward"):
        office.elapsed(start, start - HOUR)
    with pytest.raises(ValueError, match="forward"):
        office.deadline(start, -HOUR)


def test_a_timeline_has_versions_in_order() -> None:
    hours = hours_of(Written(NEW_YORK, NINE_TO_FIVE, (), ()))

    for versions in ([], [(EARLIEST, hours), (EARLIEST, hours)]):
        with pytest.raises(ValueError, match="versions"):
            Timeline(versions)
