"""Windows and buckets in zones that make it hard: skipped and repeated hours, half hours, midnights, days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.metrics.buckets import Grain, edges, whole_days, whole_months
from apps.metrics.freshness import Freshness
from apps.metrics.windows import Comparison, Window, compared, day_of, day_start, is_day_start, window_of
from cxplatform.errors import BadInput

ZONES = [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "America/St_Johns",
    "America/Havana",
    "Pacific/Apia",
    "Asia/Kathmandu",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2005, 1, 1), datetime(2026, 12, 31)).map(lambda wall: wall.replace(tzinfo=UTC))


@st.composite
def windows(draw: st.DrawFn, longest_hours: int = 24 * 90) -> tuple[Window, ZoneInfo]:
    """Draw a window on whole hours of a zone."""
    zone, start = draw(zones), draw(moments)
    found = []
    for moment in (start, start + timedelta(hours=draw(st.integers(1, longest_hours)))):
        wall = moment.astimezone(zone)
        found.append(moment - timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond))
    assume(all(moment.astimezone(zone).minute == 0 for moment in found))
    return window_of(found[0], found[1], zone), zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(windows(), st.sampled_from(Grain))
def test_buckets_cut_a_window_exactly(drawn: tuple[Window, ZoneInfo], grain: Grain) -> None:
    window, zone = drawn
    assume(grain is not Grain.HOUR or window.end - window.start <= timedelta(days=60))

    cut = edges(window, grain, zone)

    assert (cut[0], cut[-1]) == (window.start, window.end)
    assert all(before < after for before, after in pairwise(cut))


@given(windows(), st.sampled_from([Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER]))
def test_inner_cuts_are_where_days_begin_and_none_is_missing(drawn: tuple[Window, ZoneInfo], grain: Grain) -> None:
    window, zone = drawn
    begins = {
        Grain.DAY: lambda day: True,
        Grain.WEEK: lambda day: day.isoweekday() == 1,
        Grain.MONTH: lambda day: day.day == 1,
        Grain.QUARTER: lambda day: day.day == 1 and day.month in (1, 4, 7, 10),
    }[grain]
    day, expected = window.start.astimezone(zone).date() - timedelta(days=1), set()
    while day_start(day, zone) < window.end:
        if begins(day) and window.start < day_start(day, zone):
            expected.add(day_start(day, zone))
        day += timedelta(days=1)

    assert set(edges(window, grain, zone)[1:-1]) == expected


@given(windows(24 * 20))
def test_an_hour_bucket_lies_within_one_hour_of_the_wall_clock(drawn: tuple[Window, ZoneInfo]) -> None:
    window, zone = drawn

    for start, end in pairwise(edges(window, Grain.HOUR, zone)):
        first, last = start.astimezone(zone), (end - timedelta(microseconds=1)).astimezone(zone)
        assert (first.date(), first.hour, first.utcoffset()) == (last.date(), last.hour, last.utcoffset())


@given(zones, moments)
def test_a_moment_lies_in_its_day(zone: ZoneInfo, moment: datetime) -> None:
    day = day_of(moment, zone)

    assert day_start(day, zone) <= moment < day_start(day + timedelta(days=1), zone)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Europe/London", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2025, 10, 5), 23.5),
        ("Australia/Lord_Howe", date(2025, 4, 6), 24.5),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("Africa/Cairo", date(2024, 4, 26), 23),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Asia/Kolkata", date(2026, 3, 8), 24),
    ],
)
def test_a_day_lasts_as_long_as_it_does_there(zone: str, day: date, hours: float) -> None:
    here = ZoneInfo(zone)

    lasts = day_start(day + timedelta(days=1), here) - day_start(day, here)

    assert lasts == timedelta(hours=hours)


def test_a_skipped_midnight_begins_the_day_when_the_clocks_jump() -> None:
    assert day_start(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")) == at("2018-11-04T03:00+00:00")


def test_a_repeated_hour_is_two_buckets() -> None:
    zone = ZoneInfo("Europe/Berlin")
    window = Window(at("2026-10-24T22:00+00:00"), at("2026-10-25T03:00+00:00"))

    assert [(end - start) for start, end in pairwise(edges(window, Grain.HOUR, zone))] == [timedelta(hours=1)] * 5


def test_lord_howe_sets_its_clocks_by_half_an_hour() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    window = Window(day_start(date(2025, 4, 6), zone), day_start(date(2025, 4, 7), zone))

    minutes = [(end - start).seconds // 60 for start, end in pairwise(edges(window, Grain.HOUR, zone))]

    assert minutes == [60, 60, 30, *[60] * 22]


def test_days_that_a_zone_skipped_do_not_exist() -> None:
    zone = ZoneInfo("Pacific/Apia")

    days = whole_days(day_start(date(2011, 12, 29), zone), day_start(date(2012, 1, 1), zone), zone)

    assert days == (date(2011, 12, 29), date(2011, 12, 31))
    assert whole_days(day_start(date(2011, 12, 30), zone), day_start(date(2011, 12, 31), zone), zone) is None


def test_only_months_that_lie_in_it_wholly_are_months_of_a_run_of_days() -> None:
    assert whole_months(date(2026, 1, 1), date(2026, 2, 28)) == (date(2026, 1, 1), date(2026, 2, 1))
    assert whole_months(date(2026, 1, 2), date(2026, 3, 30)) == (date(2026, 2, 1), date(2026, 2, 1))
    assert whole_months(date(2026, 1, 2), date(2026, 2, 27)) is None
    assert whole_months(date(2026, 1, 10), date(2026, 1, 20)) is None
    assert whole_months(date(2025, 12, 1), date(2025, 12, 31)) == (date(2025, 12, 1), date(2025, 12, 1))


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("2026-01-01T00:30+00:00", "2026-01-02T00:00+00:00", "window.from"),
        ("2026-01-01T00:00+00:00", "2026-01-02T00:00:01+00:00", "window.to"),
        ("2026-01-02T00:00+00:00", "2026-01-02T00:00+00:00", "window.to"),
        ("2026-01-02T00:00+00:00", "2026-01-01T00:00+00:00", "window.to"),
        ("2021-01-01T00:00+00:00", "2026-01-01T01:00+00:00", "window.to"),
        ("1800-01-01T00:00+00:00", "2026-01-01T00:00+00:00", "window.from"),
    ],
)
def test_a_window_that_cannot_be_names_the_field(start: str, end: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        window_of(at(start), at(end), ZoneInfo("UTC"))

    assert refused.value.field == field


def test_five_years_are_allowed_and_whole_hours_are_the_zones() -> None:
    zone = ZoneInfo("Asia/Kolkata")

    window = window_of(at("2021-01-01T00:00+05:30"), at("2026-01-01T00:00+05:30"), zone)

    assert window.start == at("2020-12-31T18:30+00:00")
    with pytest.raises(BadInput):
        window_of(at("2021-01-01T00:00+00:00"), at("2026-01-01T00:00+00:00"), zone)


def test_more_than_two_thousand_buckets_are_refused() -> None:
    window = Window(at("2026-01-01T00:00+00:00"), at("2026-03-25T09:00+00:00"))

    with pytest.raises(BadInput) as refused:
        edges(window, Grain.HOUR, ZoneInfo("UTC"))

    assert refused.value.field == "grain"
    assert len(edges(Window(window.start, at("2026-03-25T08:00+00:00")), Grain.HOUR, ZoneInfo("UTC"))) == 2_001


@pytest.mark.parametrize(
    ("start", "end", "comparison", "before"),
    [
        ("2026-03-01", "2026-04-01", "PREVIOUS_PERIOD", ("2026-02-01", "2026-03-01")),
        ("2026-01-01", "2026-04-01", "PREVIOUS_PERIOD", ("2025-10-01", "2026-01-01")),
        ("2026-03-01", "2026-04-01", "SAME_PERIOD_LAST_YEAR", ("2025-03-01", "2025-04-01")),
        ("2026-03-09", "2026-03-16", "PREVIOUS_PERIOD", ("2026-03-02", "2026-03-09")),
        ("2026-03-09", "2026-03-16", "SAME_PERIOD_LAST_YEAR", ("2025-03-09", "2025-03-16")),
        ("2024-02-29", "2024-03-02", "SAME_PERIOD_LAST_YEAR", ("2023-02-28", "2023-03-02")),
        ("2024-02-01", "2024-03-01", "SAME_PERIOD_LAST_YEAR", ("2023-02-01", "2023-03-01")),
        ("2026-03-10T10:00", "2026-03-10T14:00", "PREVIOUS_PERIOD", ("2026-03-10T06:00", "2026-03-10T10:00")),
        ("2026-03-10T10:00", "2026-03-12T10:00", "PREVIOUS_PERIOD", ("2026-03-08T10:00", "2026-03-10T10:00")),
        ("2026-03-10T10:00", "2026-03-10T14:00", "SAME_PERIOD_LAST_YEAR", ("2025-03-10T10:00", "2025-03-10T14:00")),
    ],
)
def test_the_window_before_is_as_many_months_or_days(
    start: str, end: str, comparison: str, before: tuple[str, str]
) -> None:
    zone = ZoneInfo("America/New_York")
    window = window_of(*(at(text).replace(tzinfo=zone) for text in (start, end)), zone)

    earlier = compared(window, Comparison(comparison), zone)

    assert earlier == Window(*(at(text).replace(tzinfo=zone).astimezone(UTC) for text in before))


@given(windows(24 * 400), st.sampled_from(Comparison))
def test_the_window_before_lies_before_and_is_not_empty(drawn: tuple[Window, ZoneInfo], comparison: Comparison) -> None:
    window, zone = drawn

    earlier = compared(window, comparison, zone)

    assert earlier.start < earlier.end
    assert earlier.start < window.start
    if comparison is Comparison.PREVIOUS_PERIOD:
        assert earlier.end == window.start


@given(windows(24 * 40), st.sampled_from(Comparison))
def test_whole_days_are_compared_with_whole_days_and_other_spans_with_as_long_ones(
    drawn: tuple[Window, ZoneInfo], comparison: Comparison
) -> None:
    window, zone = drawn
    earlier = compared(window, comparison, zone)

    if is_day_start(window.start, zone) and is_day_start(window.end, zone):
        assert is_day_start(earlier.start, zone)
        assert is_day_start(earlier.end, zone)
    else:
        assert earlier.end - earlier.start == window.end - window.start


@pytest.mark.parametrize(
    ("zone", "start", "end", "before"),
    [
        (
            "America/New_York",
            "2026-03-09T02:00-04:00",
            "2026-03-09T03:00-04:00",
            ("2026-03-09T05:00+00:00", "2026-03-09T06:00+00:00"),
        ),
        (
            "America/New_York",
            "2026-11-01T01:00-04:00",
            "2026-11-01T01:00-05:00",
            ("2026-11-01T04:00+00:00", "2026-11-01T05:00+00:00"),
        ),
        (
            "Pacific/Apia",
            "2011-12-30T10:00+00:00",
            "2011-12-31T10:00+00:00",
            ("2011-12-29T10:00+00:00", "2011-12-30T10:00+00:00"),
        ),
        (
            "America/Sao_Paulo",
            "2018-11-04T03:00+00:00",
            "2018-11-05T02:00+00:00",
            ("2018-11-03T03:00+00:00", "2018-11-04T03:00+00:00"),
        ),
    ],
)
def test_the_window_before_is_not_empty_when_clocks_change(
    zone: str, start: str, end: str, before: tuple[str, str]
) -> None:
    window = window_of(at(start), at(end), ZoneInfo(zone))

    earlier = compared(window, Comparison.PREVIOUS_PERIOD, ZoneInfo(zone))

    assert (earlier.start, earlier.end) == (at(before[0]), at(before[1]))


def test_the_hour_a_year_before_is_not_empty_where_the_clocks_skipped_it() -> None:
    zone = ZoneInfo("America/New_York")
    window = Window(at("2027-03-08T07:00+00:00"), at("2027-03-08T08:00+00:00"))

    earlier = compared(window, Comparison.SAME_PERIOD_LAST_YEAR, zone)

    assert earlier == Window(at("2026-03-08T07:00+00:00"), at("2026-03-08T08:00+00:00"))


@given(
    now=st.integers(0, 40),
    mature=st.none() | st.integers(0, 40),
    dirty=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4),
    cuts=st.lists(st.integers(0, 40), min_size=2, max_size=9, unique=True),
)
def test_all_buckets_are_provisional_as_each_alone_is(
    now: int, mature: int | None, dirty: list[tuple[int, int]], cuts: list[int]
) -> None:
    def hour(number: int) -> datetime:
        return datetime(2026, 4, 1, tzinfo=UTC) + timedelta(hours=number)

    spans = tuple((hour(start), hour(start + length)) for start, length in dirty)
    fresh = Freshness(hour(0), True, None if mature is None else hour(mature), spans, hour(now))
    moments = [hour(cut) for cut in sorted(cuts)]

    assert fresh.provisional_between(moments) == [fresh.provisional(*span) for span in pairwise(moments)]
