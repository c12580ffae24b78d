"""The interval of a ratio of sums over customers, one of whom may weigh as much as all others: by resampling them."""

from typing import NamedTuple

import numpy as np

from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.intervals import LEVEL, Interval

RESAMPLES = 1_000
SEED = 20_260_101
# More customers than this are dealt into as many blocks, which are resampled in their stead: as a sum of what is
# independent, a block varies as much as its customers do.
MOST_BLOCKS = 2_000
FEWEST_BLOCKS = 100
FEWEST = 2


class Resampled(NamedTuple):
    """An interval and the standard error that belongs to it."""

    interval: Interval
    error: float


def blocks_of(cells: int) -> int:
    """Return how many blocks each of so many cells may have, so that all together stay few."""
    return max(FEWEST_BLOCKS, MOST_BLOCKS // max(cells, 1))


def ratio(above: Floats, below: Floats) -> Resampled | None:
    """Return the percentile interval of sum(above) / sum(below); None for fewer than two blocks.

    Every block is drawn a number of times that is Poisson about once; the seed is fixed, so the same rows have the same
    interval. Source: Efron (1979); Hanley and MacGibbon, Creating non-parametric bootstrap samples using
    Poisson frequencies (2006).
    """
    if len(below) < FEWEST:
        return None
    order = np.lexsort((above, below))
    drawn = np.random.default_rng(SEED).poisson(1.0, (RESAMPLES, len(below))).astype(np.float64)
    tops, bottoms = drawn @ above[order], drawn @ below[order]
    known = bottoms > 0
    ratios = tops[known] / bottoms[known]
    if len(ratios) < FEWEST:
        return None
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail]).tolist()
    return Resampled(Interval(low, high, LEVEL, "BOOTSTRAP"), float(ratios.std(ddof=1)))
