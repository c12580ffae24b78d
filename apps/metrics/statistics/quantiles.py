"""Quantiles by nearest rank, from all values or from a histogram, with their interval."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apps.metrics.statistics.bins import value_of
from apps.metrics.statistics.histogram import Ints, bin_at_rank
from apps.metrics.statistics.intervals import LEVEL, Interval, quantile_ranks


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile; its interval is None where there are too few values."""

    value: float
    interval: Interval | None
    n: int


def nearest_rank(n: int, fraction: float) -> int:
    """Return the rank (from 1) of the smallest value that at least `fraction` of n values do not exceed."""
    return max(1, math.ceil(round(n * fraction, 9)))


def of_values(ordered: Sequence[float], fraction: float) -> Quantile | None:
    """Return the exact quantile of values in ascending order; None for none."""
    return _quantile(len(ordered), fraction, lambda rank: float(ordered[rank - 1]))


def of_histogram(bins: Ints, counts: Ints, fraction: float, *, whole: bool) -> Quantile | None:
    """Return a merged histogram's quantile: exact for whole bins, else within 2 %; None for none."""
    stands_for: Callable[[int], float] = float if whole else value_of
    up_to = counts.cumsum()
    n = int(up_to[-1]) if len(up_to) else 0
    return _quantile(n, fraction, lambda rank: stands_for(bin_at_rank(bins, up_to, rank)))


def _quantile(n: int, fraction: float, at: Callable[[int], float]) -> Quantile | None:
    if n == 0:
        return None
    ranks = quantile_ranks(n, fraction)
    interval = Interval(at(ranks[0]), at(ranks[1]), LEVEL, "ORDER_STATISTICS") if ranks else None
    return Quantile(at(nearest_rank(n, fraction)), interval, n)
