"""Erlang C against published examples, and what must hold of it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.staffing.erlang import Target, agents_needed, load, scheduled, staffing, wait_probability

USUAL = Target(share=0.8, seconds=20, occupancy=1.0)


def test_the_example_of_360_calls_in_half_an_hour_is_the_published_one() -> None:
    """Mitan, The Erlang-C Formula: 360 calls of 240 s in half an hour, 55 agents, 15 s."""
    erlangs = load(360, 240, 1_800)
    found = staffing(55, erlangs, 240, 15)

    assert erlangs == 48
    assert round(found.occupancy, 3) == 0.873
    assert round(found.wait_probability, 3) == 0.239
    assert round(found.mean_wait_seconds, 1) == 8.2
    assert round(found.service_level, 3) == 0.846


def test_ten_erlangs_at_80_in_20_take_fourteen_agents_and_twenty_on_the_roster() -> None:
    """Call Centre Helper, Erlang C: 100 calls of 180 s in half an hour; 30 % shrinkage."""
    found = agents_needed(load(100, 180, 1_800), 180, USUAL)

    assert (found.agents, scheduled(found.agents, 0.3)) == (14, 20)
    assert (round(found.wait_probability, 3), round(found.service_level, 3)) == (0.174, 0.888)
    assert (round(found.mean_wait_seconds, 1), round(found.occupancy, 3)) == (7.8, 0.714)


def plainly(agents: int, erlangs: float) -> float:
    """Return the formula as it is printed."""
    all_busy = erlangs**agents / math.factorial(agents) * agents / (agents - erlangs)
    return all_busy / (sum(erlangs**n / math.factorial(n) for n in range(agents)) + all_busy)


@given(agents=st.integers(1, 80), share=st.floats(0.01, 0.99))
def test_the_recursion_is_the_formula(agents: int, share: float) -> None:
    assert wait_probability(agents, agents * share) == pytest.approx(plainly(agents, agents * share), rel=1e-9)


@given(
    erlangs=st.floats(0.01, 400), handle=st.floats(5, 3_600), share=st.floats(0.5, 0.99), within=st.floats(0, 120),
    ceiling=st.floats(0.5, 1.0),
)  # fmt: skip
def test_no_fewer_agents_meet_the_target(
    erlangs: float, handle: float, share: float, within: float, ceiling: float
) -> None:
    target = Target(share, within, ceiling)
    found = agents_needed(erlangs, handle, target)
    less = staffing(found.agents - 1, erlangs, handle, within)

    assert found.service_level >= share
    assert found.occupancy <= ceiling + 1e-9
    assert less.service_level < share or less.occupancy > ceiling - 1e-9
    again = staffing(found.agents, erlangs, handle, within)
    assert found.mean_wait_seconds == pytest.approx(again.mean_wait_seconds)


def test_no_load_needs_nobody_and_too_much_waits_without_end() -> None:
    assert agents_needed(0, 180, USUAL).agents == 0
    assert staffing(5, 6, 180, 20).mean_wait_seconds == math.inf


def test_a_large_load_is_reckoned_without_overflow() -> None:
    assert agents_needed(5_000, 300, Target(0.8, 20, 1.0)).agents == pytest.approx(5_050, abs=40)
