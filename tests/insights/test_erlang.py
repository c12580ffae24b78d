"""Erlang C on published examples, and what must hold of it.

The examples' questions are as published. Their answers are not taken from there but reckoned here in exact fractions,
from how many contacts are in the system how often, of which neither the recursion nor the printed formula knows.
"""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.staffing.erlang import Target, agents_needed, load, scheduled, staffing, wait_probability

USUAL = Target(share=0.8, seconds=20, occupancy=1.0)


def waits_exactly(agents: int, erlangs: Fraction) -> Fraction:
    """Return how often all agents are busy, by the balance of a queue that is never longer than 5,000.

    A state of n contacts is as often as the one below it times the load over those who work on them. Beyond 5,000
    contacts there is less than one in 10 ** 200 for the loads here.
    """
    often, free, busy = Fraction(1), Fraction(0), Fraction(0)
    for n in range(agents):
        free += often
        often *= erlangs / (n + 1)
    ratio = erlangs / agents
    busy = often * (1 - ratio**5_000) / (1 - ratio)
    return busy / (free + busy)


@pytest.mark.parametrize(
    ("agents", "erlangs"), [(55, 48), (14, 10), (11, 10), (21, 18), (1, Fraction(1, 2)), (200, 190)]
)
def test_the_probability_to_wait_is_the_exact_one(agents: int, erlangs: Fraction) -> None:
    assert wait_probability(agents, float(erlangs)) == pytest.approx(float(waits_exactly(agents, Fraction(erlangs))))


def test_360_calls_of_four_minutes_in_half_an_hour_and_55_agents() -> None:
    """Question: "The Erlang-C Formula" (Mitan), with 15 s; the answers follow from the exact probability to wait."""
    erlangs = load(360, 240, 1_800)
    found, waits = staffing(55, erlangs, 240, 15), float(waits_exactly(55, Fraction(48)))

    assert erlangs == 48
    assert found.service_level == pytest.approx(1 - waits * math.exp(-7 * 15 / 240))
    assert found.mean_wait_seconds == pytest.approx(waits * 240 / 7)
    assert round(found.occupancy, 3) == 0.873
    assert round(found.wait_probability, 3) == 0.239
    assert round(found.mean_wait_seconds, 1) == 8.2
    assert round(found.service_level, 3) == 0.846


def test_ten_erlangs_at_80_in_20_take_fourteen_agents_and_twenty_on_the_roster() -> None:
    """Question: Call Centre Helper, "Erlang C Formula - Made Simple With an Easy Worked Example": 100 calls of 180 s in
    half an hour, 30 % shrinkage. Thirteen answer less than 80 % in time by the exact probability, fourteen more."""
    levels = {n: 1 - float(waits_exactly(n, Fraction(10))) * math.exp(-(n - 10) * 20 / 180) for n in (13, 14)}
    assert levels[13] < 0.8 < levels[14]

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
