"""Histograms by the bins of `bins`, or by whole-number bins, which hold scores exactly; and quantiles from them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


# So many bins are counted in one go, which is quicker than sorting: all logarithmic ones but the one of zeros.
_WIDEST = 10_000
_NONE = np.empty(0, np.int64)


def merge(histograms: Sequence[tuple[Sequence[int] | str, Sequence[int] | str]]) -> tuple[Ints, Ints]:
    """Add histograms up; the bins come out in order, each once, those of no rows left out.

    Of each its bins and their counts, as numbers or as text with commas between.
    """
    all_bins, all_counts = (np.concatenate([_NONE, *(_read(each[place]) for each in histograms)]) for place in (0, 1))
    if not len(all_bins):
        return all_bins, all_counts
    first = int(all_bins.min())
    if int(all_bins.max()) - first < _WIDEST:
        bins, places = np.arange(first, int(all_bins.max()) + 1), all_bins - first
    else:
        bins, places = np.unique(all_bins, return_inverse=True)
    # Counts are added up as doubles, exact up to 2^53 rows.
    counts = np.bincount(places, weights=all_counts).astype(np.int64)
    held = np.flatnonzero(counts)
    return bins[held], counts[held]


def _read(numbers: Sequence[int] | str) -> Ints:
    return np.fromstring(numbers, np.int64, sep=",") if isinstance(numbers, str) else np.array(numbers, np.int64)


def bin_at_rank(bins: Ints, up_to: Ints, rank: int) -> int:
    """Return the bin of the rank-th smallest value, counting from 1; `up_to` each bin there are so many."""
    return int(bins[np.searchsorted(up_to, rank)])
