"""Histograms by the bins of `bins`, or by whole-number bins, which hold scores exactly; and quantiles from them."""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


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
