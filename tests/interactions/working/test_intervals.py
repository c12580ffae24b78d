"""What an agent was doing at every moment follows from what was said, in whatever order it was."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.working.intervals import Interval, Said, intervals

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
STATES = ("AVAILABLE", "ON_CONTACT", "BREAK")


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def said(minutes: float, state: str, until: float | None = None, key: str = "") -> Said:
    return Said(at(minutes), "phone", key or f"{minutes}", state, None if until is None else at(until))


_drawn = st.lists(
    st.builds(
        lambda minutes, state, length, key: said(minutes, state, None if length is None else minutes + length, key),
        st.integers(0, 20),
        st.sampled_from(STATES),
        st.none() | st.integers(1, 10),
        st.text("abc", min_size=1, max_size=2),
    ),
    max_size=8,
    unique_by=lambda each: each.external_id,
)


def test_a_state_lasts_until_the_next():
    made = list(intervals([said(0, "AVAILABLE"), said(10, "ON_CONTACT"), said(15, "WRAP_UP")]))

    assert made == [
        Interval(at(0), at(10), "AVAILABLE"),
        Interval(at(10), at(15), "ON_CONTACT"),
        Interval(at(15), None, "WRAP_UP"),
    ]


def test_one_that_says_its_end_leaves_a_gap_and_one_that_ends_too_late_is_cut():
    made = list(intervals([said(0, "AVAILABLE", until=5), said(10, "ON_CONTACT", until=30), said(20, "BREAK")]))

    assert made == [
        Interval(at(0), at(5), "AVAILABLE"),
        Interval(at(10), at(20), "ON_CONTACT"),
        Interval(at(20), None, "BREAK"),
    ]


def test_of_two_from_one_instant_the_last_by_id_counts():
    assert list(intervals([said(0, "BREAK", key="b"), said(0, "AVAILABLE", key="a")])) == [
        Interval(at(0), None, "BREAK")
    ]


@given(_drawn, st.randoms())
def test_the_order_of_arrival_does_not_matter(drawn, chance):
    shuffled = list(drawn)
    chance.shuffle(shuffled)

    assert list(intervals(shuffled)) == list(intervals(drawn))


@given(_drawn)
def test_no_two_overlap_and_only_the_last_goes_on(drawn):
    made = list(intervals(drawn))

    assert all(one.to_at is not None and one.to_at <= other.from_at for one, other in pairwise(made))
    assert all(each.to_at is None or each.from_at < each.to_at for each in made)


@given(_drawn, st.floats(-1, 40))
def test_at_every_moment_the_state_is_the_one_said_last(drawn, minutes):
    moment = at(minutes)
    last = max((each for each in drawn if each.from_at <= moment), key=lambda each: each[:3], default=None)
    expected = last.state if last is not None and (last.to_at is None or moment < last.to_at) else None

    shown = [each.state for each in intervals(drawn) if each.from_at <= moment < (each.to_at or at(99))]

    assert shown == ([expected] if expected else [])
