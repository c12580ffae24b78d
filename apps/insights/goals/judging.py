"""Whether a number has reached its target: pure, from the number, where its true value lies, and which way is better.

An interval that lies wholly on one side of the target tells; one that holds the target does not. At a true value that
is the target itself, a 95 % interval so errs one time in twenty: half of these say MET, half MISSED.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from apps.metrics.definitions.vocabulary import Direction
from apps.metrics.statistics.intervals import Interval


class GoalStatus(StrEnum):
    """Whether a goal is reached, as far as can be told."""

    MET = "MET"
    MISSED = "MISSED"
    NOT_DISTINGUISHABLE = "NOT_DISTINGUISHABLE"
    NOT_KNOWN = "NOT_KNOWN"


class JointStatus(StrEnum):
    """Whether goals are reached together."""

    ALL_MET = "ALL_MET"
    SOME_MISSED = "SOME_MISSED"
    NOT_DISTINGUISHABLE = "NOT_DISTINGUISHABLE"
    NOT_KNOWN = "NOT_KNOWN"


class GoalBasis(StrEnum):
    """What a goal was judged by."""

    INTERVAL = "INTERVAL"
    VALUE = "VALUE"


class Judgement(NamedTuple):
    """How a goal stands, and by what; by nothing where it is not known."""

    status: GoalStatus
    basis: GoalBasis | None


NOT_KNOWN = Judgement(GoalStatus.NOT_KNOWN, None)


def judge(value: float | None, interval: Interval | None, target: float, direction: Direction) -> Judgement:
    """Hold a number against its target; the target itself is reached. Not known without a value.

    An interval without any width is that of equal values: it tells that none differed and not that none could, so
    the value decides.
    """
    if value is None:
        return NOT_KNOWN
    if interval is None or interval.low == interval.high:
        return Judgement(_side(value, target, direction), GoalBasis.VALUE)
    if interval.low <= target <= interval.high:
        return Judgement(GoalStatus.NOT_DISTINGUISHABLE, GoalBasis.INTERVAL)
    return Judgement(_side(interval.low, target, direction), GoalBasis.INTERVAL)


def judge_together(statuses: Iterable[GoalStatus]) -> JointStatus:
    """Return how goals stand together: what is missed is missed, whatever is not known of the others.

    ALL_MET needs each to be met by itself, so together they err no more often than one (intersection-union test);
    SOME_MISSED may err once for each goal. Source: Berger, Multiparameter Hypothesis Testing (1982).
    """
    found = set(statuses)
    if GoalStatus.MISSED in found:
        return JointStatus.SOME_MISSED
    if GoalStatus.NOT_KNOWN in found or not found:
        return JointStatus.NOT_KNOWN
    if GoalStatus.NOT_DISTINGUISHABLE in found:
        return JointStatus.NOT_DISTINGUISHABLE
    return JointStatus.ALL_MET


def _side(number: float, target: float, direction: Direction) -> GoalStatus:
    good = number >= target if direction is Direction.HIGHER_IS_BETTER else number <= target
    return GoalStatus.MET if good else GoalStatus.MISSED
