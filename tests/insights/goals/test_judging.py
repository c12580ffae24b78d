"""When a goal is met: by hand, and by chance drawn ten thousand times at the border."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from apps.insights.goals.judging import GoalBasis, GoalStatus, JointStatus, judge, judge_together
from apps.metrics.definitions.vocabulary import Direction
from apps.metrics.statistics.intervals import LEVEL, Interval, adjusted_wald_nps, mean_t, wilson

MET, MISSED, OPEN, UNKNOWN = GoalStatus
HIGHER, LOWER = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
DRAWN = 10_000


def between(low: float, high: float) -> Interval:
    return Interval(low, high, LEVEL, "MEAN_T")


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [(10, MET, MISSED), (20, OPEN, OPEN), (25, OPEN, OPEN), (30, OPEN, OPEN), (31, MISSED, MET)],
)
def test_an_interval_tells_only_when_it_is_wholly_on_one_side(
    target: float, higher: GoalStatus, lower: GoalStatus
) -> None:
    assert judge(25, between(20, 30), target, HIGHER) == (higher, GoalBasis.INTERVAL)
    assert judge(25, between(20, 30), target, LOWER) == (lower, GoalBasis.INTERVAL)


def test_eighty_of_a_hundred_tell_of_seventy_and_ninety_and_not_of_seventy_five() -> None:
    # Wilson's interval of 80 in 100 is 0.7112 to 0.8666.
    told = [judge(0.8, wilson(80, 100), target, HIGHER).status for target in (0.70, 0.75, 0.85, 0.90)]

    assert told == [MET, OPEN, OPEN, MISSED]


@pytest.mark.parametrize("interval", [None, between(5, 5)])
def test_without_a_width_to_reckon_with_the_value_decides_and_that_is_said(interval: Interval | None) -> None:
    told = [judge(5, interval, target, way) for way in (HIGHER, LOWER) for target in (4, 5, 6)]

    assert [each.status for each in told] == [MET, MET, MISSED, MISSED, MET, MET]
    assert {each.basis for each in told} == {GoalBasis.VALUE}


def test_without_a_value_nothing_is_known() -> None:
    assert judge(None, between(1, 2), 0, HIGHER) == (UNKNOWN, None)


def test_turning_the_scale_round_changes_nothing() -> None:
    for low, target in itertools.product(range(-3, 4), range(-3, 4)):
        up = judge(low + 1, between(low, low + 2), target, HIGHER)
        assert judge(-low - 1, between(-low - 2, -low), -target, LOWER) == up


def test_together_by_hand() -> None:
    assert judge_together([MET, MET]) is JointStatus.ALL_MET
    assert judge_together([MET, OPEN]) is JointStatus.NOT_DISTINGUISHABLE
    assert judge_together([MET, OPEN, UNKNOWN]) is JointStatus.NOT_KNOWN
    assert judge_together([UNKNOWN, OPEN, MET, MISSED]) is JointStatus.SOME_MISSED
    assert judge_together([]) is JointStatus.NOT_KNOWN


def shares(chance: np.random.Generator, share: float) -> Iterator[tuple[float, Interval | None]]:
    for good in chance.binomial(400, share, DRAWN).tolist():
        yield good / 400, wilson(good, 400)


def recommendations(chance: np.random.Generator) -> Iterator[tuple[float, Interval | None]]:
    # Half promoters and three in ten detractors: a net promoter score of 20.
    for up, _, down in chance.multinomial(400, [0.5, 0.2, 0.3], DRAWN).tolist():
        yield 100 * (up - down) / 400, adjusted_wald_nps(up, down, 400)


def durations(chance: np.random.Generator) -> Iterator[tuple[float, Interval | None]]:
    for minutes in chance.gamma(4, 15, (DRAWN, 200)):
        total, squares = float(minutes.sum()), float((minutes**2).sum())
        yield total / 200, mean_t(200, total, squares)


def told_of(drawn: Iterator[tuple[float, Interval | None]], target: float, way: Direction) -> dict[GoalStatus, float]:
    statuses = [judge(value, interval, target, way).status for value, interval in drawn]
    return {status: statuses.count(status) / len(statuses) for status in GoalStatus}


@pytest.mark.parametrize(
    ("kind", "target", "way"),
    [("share", 0.7, HIGHER), ("share", 0.9, LOWER), ("nps", 20, HIGHER), ("duration", 60, LOWER)],
)
def test_at_the_border_met_and_missed_are_said_as_often_as_the_level_lets_them(
    kind: str, target: float, way: Direction
) -> None:
    """What is said at a true value of exactly the target is wrong: one time in twenty, half of it each way."""
    chance = np.random.default_rng(7)
    drawn = {"share": lambda: shares(chance, target), "nps": lambda: recommendations(chance)}.get(
        kind, lambda: durations(chance)
    )

    rates = told_of(drawn(), target, way)

    assert rates[OPEN] == pytest.approx(LEVEL, abs=0.012)
    assert 0.012 < rates[MET] < 0.038, rates
    assert 0.012 < rates[MISSED] < 0.038, rates


def test_off_the_border_the_wrong_side_is_said_less_often_and_the_right_one_as_rows_allow() -> None:
    chance = np.random.default_rng(7)

    rates = told_of(shares(chance, 0.75), 0.7, HIGHER)

    # By the normal approximation: z of 0.05 over its error of 0.0217 is 2.31, so P(MET) is about 0.61.
    assert rates[MISSED] < 0.001
    assert rates[MET] == pytest.approx(0.61, abs=0.05)


def test_together_all_met_is_wrong_no_more_often_than_one_goal_is() -> None:
    """One goal at its border and one far beyond it is the worst there is; two at the border are better still."""
    chance = np.random.default_rng(7)
    border = [judge(value, interval, 0.7, HIGHER).status for value, interval in shares(chance, 0.7)]
    other = [judge(value, interval, 0.7, HIGHER).status for value, interval in shares(chance, 0.7)]
    beyond = [judge(value, interval, 0.7, HIGHER).status for value, interval in shares(chance, 0.95)]

    def wrong(*goals: list[GoalStatus]) -> float:
        return sum(judge_together(each) is JointStatus.ALL_MET for each in zip(*goals, strict=True)) / DRAWN

    assert 0.012 < wrong(border, beyond) < 0.038
    assert wrong(border, other) < 0.003
