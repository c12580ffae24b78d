"""Whether customers like the service more than the whole: shares of the same people, or of two groups. Pure.

Source: McNemar (1947), in its mid-p form as Fagerland, Lydersen and Laake, The McNemar test for binary matched-pairs
data (2013), advise; Newcombe, Interval Estimation for the Difference Between Independent Proportions: methods 10 for
groups and for pairs (1998); Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from apps.metrics.statistics.intervals import LEVEL, Interval, wilson

# So many pairs are enough for the paired test.
FEWEST_PAIRS = 30
# Above so many that differ, the normal distribution stands for the binomial.
_EXACT_UP_TO = 1_000


class Share(NamedTuple):
    """How many of so many."""

    good: int
    of: int

    @property
    def value(self) -> float | None:
        return self.good / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.good, self.of)


NOBODY = Share(0, 0)


class Pairs(NamedTuple):
    """Customers of whom both are known: good on both sides, on the first alone, on the second alone, on neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def of(self) -> int:
        return sum(self)

    @property
    def shares(self) -> tuple[Share, Share]:
        return Share(self.both + self.first, self.of), Share(self.both + self.second, self.of)


def mcnemar(pairs: Pairs) -> float:
    """Return the two-sided mid-p value of as many on the first side alone as on the second alone."""
    few, differ = min(pairs.first, pairs.second), pairs.first + pairs.second
    if differ == 0 or pairs.first == pairs.second:
        return 1.0
    if differ > _EXACT_UP_TO:
        return math.erfc(abs(pairs.first - pairs.second) / math.sqrt(2 * differ))
    ways = [math.comb(differ, each) for each in range(few + 1)]
    return min(1.0, float((2 * sum(ways) - ways[-1]) / 2**differ))


def paired_interval(pairs: Pairs) -> Interval | None:
    """Return where the difference of both shares of the same people lies; None for no pairs."""
    first, second = pairs.shares
    spread = first.good * (first.of - first.good) * second.good * (second.of - second.good)
    together = pairs.both * pairs.neither - pairs.first * pairs.second
    return _apart(first, second, together / math.sqrt(spread) if spread else 0.0, "NEWCOMBE_PAIRED")


def unpaired_interval(first: Share, second: Share) -> Interval | None:
    """Return where the difference of two groups' shares lies; None where one is empty."""
    return _apart(first, second, 0.0, "NEWCOMBE")


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Return p-values as they are when all are looked at together, in the order given; None is no test.

    The chance of even one false claim stays below the level, however the groups hang together: customers are in
    several of them, which is more than Benjamini and Hochberg's procedure allows for.
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(known):
        highest = max(highest, min(1.0, p * (len(known) - rank)))
        adjusted[place] = highest
    return adjusted


def _apart(first: Share, second: Share, correlation: float, method: str) -> Interval | None:
    a, b = first.interval, second.interval
    if first.value is None or second.value is None or a is None or b is None:
        return None
    delta = first.value - second.value
    down, up = first.value - a.low, b.high - second.value
    below = math.sqrt(max(down**2 - 2 * correlation * down * up + up**2, 0.0))
    rise, fall = a.high - first.value, second.value - b.low
    above = math.sqrt(max(rise**2 - 2 * correlation * rise * fall + fall**2, 0.0))
    return Interval(max(delta - below, -1.0), min(delta + above, 1.0), LEVEL, method)
