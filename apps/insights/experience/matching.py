"""What one group has less than others like it: a difference within strata, weighed by the first group. Pure.

Source: Cochran, The Effectiveness of Adjustment by Subclassification in Removing Bias in Observational Studies (1968).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.metrics.statistics.arithmetic import OF_NUMBERS
from apps.metrics.statistics.comparisons import two_sided
from apps.metrics.statistics.intervals import LEVEL, Interval, Z, variance

# So many of each group must be matched in all, and so many in a stratum for it to count.
FEWEST_MATCHED = 30
FEWEST_A_STRATUM = 2


class Side(NamedTuple):
    """How many, what their numbers add up to, and the squares of these."""

    n: int
    total: float
    squares: float

    @property
    def error(self) -> float:
        """Return the squared standard error of their mean."""
        return variance(OF_NUMBERS, self.n, self.total, self.squares) / self.n


class Stratum(NamedTuple):
    """People who are alike: those it happened to, and the others."""

    affected: Side
    others: Side


@dataclass(frozen=True, slots=True)
class Matched:
    """By how much the affected differ from those like them, on average; None for too few."""

    affected: int
    others: int
    unmatched: int
    difference: float | None
    interval: Interval | None
    p_value: float | None


def matched(strata: Sequence[Stratum], fewest: int = FEWEST_MATCHED) -> Matched:
    """Return the mean difference over all strata that hold enough of both, each weighing as many as are affected."""
    kept = [each for each in strata if min(each.affected.n, each.others.n) >= FEWEST_A_STRATUM]
    affected, others = sum(each.affected.n for each in kept), sum(each.others.n for each in kept)
    unmatched = sum(each.affected.n for each in strata) - affected
    if min(affected, others) < fewest:
        return Matched(affected, others, unmatched, None, None, None)
    apart = error = 0.0
    for one, other in kept:
        weight = one.n / affected
        apart += weight * (one.total / one.n - other.total / other.n)
        error += weight * weight * (one.error + other.error)
    reach = Z * math.sqrt(error)
    interval = Interval(apart - reach, apart + reach, LEVEL, "STRATIFIED_NORMAL")
    p_value = two_sided(apart / math.sqrt(error)) if error > 0 else None
    return Matched(affected, others, unmatched, apart, interval, p_value)
