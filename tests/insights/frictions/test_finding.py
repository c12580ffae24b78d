"""What is friction and what is chance."""

from fractions import Fraction
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.frictions.chance import at_least_by_chance, more_than_rest_by_chance
from apps.insights.frictions.finding import (
    Counted,
    Finding,
    Observed,
    clearly_worse,
    find,
    is_systemic,
    severity,
)

RUNS = 400


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([Fraction(1, 10), Fraction(1, 5), Fraction(1, 2)]))
def test_the_binomial_tail_is_its_sum(bad: int, good: int, share: Fraction) -> None:
    of = bad + good
    exact = sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(bad, of + 1))

    found = at_least_by_chance(bad, of, float(share))

    assert found == (1.0 if bad <= of * share else pytest.approx(float(exact)))


@given(*[st.integers(0, 40)] * 4)
def test_the_hypergeometric_tail_is_its_sum(bad: int, good: int, rest_bad: int, rest_good: int) -> None:
    of, rest, all_bad = bad + good, rest_bad + rest_good, bad + rest_bad
    ways = sum(comb(of, k) * comb(rest, all_bad - k) for k in range(bad, min(of, all_bad) + 1) if all_bad - k <= rest)

    found = more_than_rest_by_chance((bad, of), (rest_bad, rest))

    more = bool(of and rest) and bad * (of + rest) > of * all_bad
    assert found == (pytest.approx(ways / comb(of + rest, all_bad)) if more else 1.0)


@pytest.mark.parametrize("allowed", [0.10, None])
def test_noise_alone_is_found_in_fewer_than_one_run_of_fifty(allowed: float | None) -> None:
    """Eight touchpoints of 30 to 2,000 events, all of which go badly as often as they may: 400 such runs."""
    chance, alarms = Random(20261126), 0
    for _ in range(RUNS):
        observed = []
        for number in range(8):
            of = chance.choice([30, 100, 400, 2_000])
            bad = sum(chance.random() < 0.10 for _ in range(of))
            observed.append(Observed(str(number), "FAILING", Counted(bad, of), allowed))
        alarms += bool(find(observed))

    assert alarms <= RUNS // 50


def test_what_is_there_is_found_and_nothing_beside_it() -> None:
    chance = Random(1)
    missed = wrong = 0
    for _ in range(100):
        observed = []
        for number, share in enumerate((0.30, 0.10, 0.08, 0.10)):
            bad = sum(chance.random() < share for _ in range(300))
            observed.append(Observed(str(number), "FAILING", Counted(bad, 300), 0.10))
        found = {each.touchpoint for each in find(observed)}
        missed += "0" not in found
        wrong += bool(found - {"0"})

    assert missed == 0
    assert wrong <= 2


def test_too_little_is_nothing_however_bad() -> None:
    assert find([Observed("checkout", "FAILING", Counted(29, 29), 0.1)]) == []


def test_a_share_is_held_against_the_rest_of_its_own_rule() -> None:
    found = find(
        [
            Observed("checkout", "REPEATS", Counted(120, 300)),
            Observed("delivery", "REPEATS", Counted(60, 300)),
            Observed("account", "REPEATS", Counted(60, 300)),
            Observed("checkout", "HARD", Counted(10, 300)),
            Observed("delivery", "HARD", Counted(250, 300), None),
        ]
    )

    assert found == [
        Finding("delivery", "HARD", Counted(250, 300), 10 / 300),
        Finding("checkout", "REPEATS", Counted(120, 300), 0.2),
    ]


def test_with_nothing_to_compare_with_nothing_is_found() -> None:
    assert find([Observed("checkout", "REPEATS", Counted(300, 300))]) == []


def test_a_difference_that_is_certain_but_small_is_left_alone() -> None:
    observed = [
        Observed("checkout", "REPEATS", Counted(23_000, 100_000)), Observed("rest", "REPEATS", Counted(20_000, 100_000))
    ]  # fmt: skip

    assert find(observed) == []


@pytest.mark.parametrize(
    ("now", "then", "worse"),
    [
        (Counted(40, 100), Counted(20, 100), True),
        (Counted(22, 100), Counted(20, 100), False),
        (Counted(25, 100), Counted(20, 100), False),
        (Counted(20, 25), Counted(20, 100), False),
        (Counted(2_400, 10_000), Counted(2_000, 10_000), False),
        (Counted(2_600, 10_000), Counted(2_000, 10_000), True),
    ],
)
def test_what_was_dismissed_comes_back_only_when_it_is_clearly_worse(now: Counted, then: Counted, worse: bool) -> None:
    assert clearly_worse(now, then) is worse


@pytest.mark.parametrize(
    ("bad", "systemic", "grade"),
    [(12, False, "LOW"), (25, False, "MEDIUM"), (50, False, "HIGH"), (50, True, "CRITICAL")],
)
def test_severity_is_by_the_excess_and_a_grade_higher_where_it_is_systemic(
    bad: int, systemic: bool, grade: str
) -> None:
    assert severity(Finding("checkout", "FAILING", Counted(bad, 100), 0.1), systemic=systemic) == grade


def test_systemic_is_what_meets_one_in_twenty_of_those_who_were_active() -> None:
    assert is_systemic(5, 100)
    assert not is_systemic(4, 100)
    assert not is_systemic(29, 29)
