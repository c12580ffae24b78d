"""Histograms whose bins are 2 % wide on a log scale, and quantiles from them.

A bin's number is floor(ln(x) / ln(1.02)); it stands for its geometric middle, so a quantile is off by at
most 1 %, well within the 2 % promised. Zero and below have a bin of their own. Whole-number bins hold
scores exactly.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

WIDTH = 1.02
LOG_WIDTH = math.log(WIDTH)
ZERO_BIN = -100_000
# A value below a millionth counts as zero, so that every bin number fits and ln stays finite.
SMALLEST = 1e-6

Ints = npt.NDArray[np.int64]


def bin_of(value: float) -> int:
    """Return the number of the log bin a value falls in."""
    return ZERO_BIN if value < SMALLEST else math.floor(math.log(value) / LOG_WIDTH)


def value_of(number: int) -> float:
    """Return what a log bin stands for."""
    return 0.0 if number == ZERO_BIN else math.exp((number + 0.5) * LOG_WIDTH)


def merge(histograms: Sequence[tuple[Iterable[int], Iterable[int]]]) -> tuple[Ints, Ints]:
    """Add histograms up; the bins come out in order, each once."""
    all_bins, all_counts = (
        np.fromiter(chain.from_iterable(each[place] for each in histograms), np.int64) for place in (0, 1)
    )
    bins, where = np.unique(all_bins, return_inverse=True)
    counts = np.zeros(len(bins), np.int64)
    np.add.at(counts, where, all_counts)
    return bins, counts


def bin_at_rank(bins: Ints, counts: Ints, rank: int) -> int:
    """Return the bin of the rank-th smallest value, counting from 1."""
    return int(bins[np.searchsorted(np.cumsum(counts), rank)])
