"""What holds of any calendar and any instants."""

from datetime import datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.interactions.calendars.checks import check
from apps.interactions.calendars.timeline import EARLIEST, HORIZON
from apps.interactions.calendars.written import Written
from tests.interactions.calendars.drawn import ALWAYS, ZONES, amounts, instants, versions
from tests.interactions.calendars.plain import DAY, MINUTE, Versions, plain_minutes, plainly_open, timeline_of

NOTHING = timedelta()


@given(versions())
def test_what_is_drawn_could_be_stored(drawn: Versions) -> None:
    for _, written in drawn:
        check(written)


@given(versions(), instants())
def test_it_is_open_when_the_clock_on_the_wall_says_so(drawn: Versions, at: datetime) -> None:
    assert timeline_of(drawn).is_open(at) == plainly_open(drawn, at)


@settings(max_examples=40)
@given(versions(), instants())
def test_open_minutes_are_those_counted_one_by_one(drawn: Versions, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    drawn = [(since.replace(second=0, microsecond=0), written) for since, written in drawn]
    assume(len({since for since, _ in drawn}) == len(drawn))

    counted = sum(plain_minutes(drawn, start, start + 2 * DAY))

    assert timeline_of(drawn).elapsed(start, start + 2 * DAY) == counted * MINUTE


@given(versions(), st.lists(instants(), min_size=3, max_size=3).map(sorted))
def test_open_time_adds_up_wherever_it_is_split(drawn: Versions, moments: list[datetime]) -> None:
    timeline = timeline_of(drawn)
    start, middle, end = moments

    assert timeline.elapsed(start, end) == timeline.elapsed(start, middle) + timeline.elapsed(middle, end)
    assert NOTHING <= timeline.elapsed(start, middle) <= timeline.elapsed(start, end) <= end - start


@given(st.sampled_from(ZONES), st.lists(instants(), min_size=2, max_size=2).map(sorted), amounts())
def test_where_it_is_always_open_time_is_the_wall_clocks(zone: str, moments: list[datetime], amount: timedelta) -> None:
    timeline = timeline_of([(EARLIEST, Written(zone, ALWAYS, (), ()))])
    start, end = moments

    assert timeline.elapsed(start, end) == end - start
    assert timeline.deadline(start, amount) == start + amount
    assert timeline.next_opening(start) == start


@given(versions(), instants(), instants())
def test_the_deadline_of_the_time_elapsed_is_the_moment_itself(
    drawn: Versions, start: datetime, around: datetime
) -> None:
    timeline = timeline_of(drawn)
    moment = timeline.next_opening(max(start, around))
    assume(moment is not None and moment < start + HORIZON)
    assert moment is not None

    assert timeline.is_open(moment)
    assert timeline.deadline(start, timeline.elapsed(start, moment)) == moment


@given(versions(), instants(), instants(), amounts())
def test_whoever_keeps_the_deadline_takes_no_more_than_the_time_allowed(
    drawn: Versions, start: datetime, around: datetime, amount: timedelta
) -> None:
    timeline = timeline_of(drawn)
    moment = max(start, around)
    deadline = timeline.deadline(start, amount)
    assume(deadline is not None)
    assert deadline is not None

    assert (moment <= deadline) == (timeline.elapsed(start, moment) <= amount)
    assert timeline.elapsed(start, deadline) == amount


@given(versions(), st.lists(instants(), min_size=2, max_size=2).map(sorted), amounts(), amounts())
def test_a_later_start_or_more_time_never_brings_the_deadline_forward(
    drawn: Versions, moments: list[datetime], amount: timedelta, more: timedelta
) -> None:
    timeline = timeline_of(drawn)
    first = timeline.deadline(moments[0], amount)
    later = [timeline.deadline(moments[1], amount), timeline.deadline(moments[0], amount + more)]

    for deadline in later:
        assert first is None or deadline is None or first <= deadline


@given(versions(), instants())
def test_until_the_next_opening_nothing_is_open(drawn: Versions, after: datetime) -> None:
    timeline = timeline_of(drawn)
    opening = timeline.next_opening(after)
    assume(opening is not None)
    assert opening is not None

    assert timeline.is_open(opening)
    assert timeline.elapsed(after, opening) == NOTHING
    assert (opening == after) == timeline.is_open(after)
