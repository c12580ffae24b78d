"""The numbers of many buckets at once, by column: a chart has a thousand, and a value each costs more than its sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Method
from apps.metrics.figures import Figure
from apps.metrics.statistics.arithmetic import OF_COLUMNS, Floats
from apps.metrics.statistics.intervals import byar_ends, mean_ends, nps_ends, wilson_ends

Column = Sequence[float | None]
Ends = tuple[Column, Column]
_Bools = npt.NDArray[np.bool_]
_LARGE = 1e100
_LARGEST_INT = 2**31


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """What `Figure` tells of one bucket, of all; the ends of the intervals are worked out when asked for.

    `fits`: none of the numbers is infinite, nor any end, and every count is one of GraphQL's integers.
    """

    value: Column
    sample_size: Sequence[int]
    ends: Callable[[], Ends]
    fits: bool = False


def of_figures(figures: Sequence[Figure | None]) -> FigureColumns:
    """Return the columns of numbers that were made one by one; None is a bucket without rows."""

    def ends() -> Ends:
        intervals = [None if known is None else known.interval for known in figures]
        low, high = ([None if each is None else each[end] for each in intervals] for end in (0, 1))
        return low, high  # type: ignore[return-value]  # the first two of an interval are its ends

    return FigureColumns(
        [None if known is None else known.value for known in figures],
        [0 if known is None else known.n for known in figures],
        ends,
    )


def of_sums(variant: Variant, parts: Sequence[Component], sums: Floats) -> FigureColumns:
    """Return the variant's numbers over sums: a row a component, in the order of `parts`, and a column a bucket.

    A bucket without rows has zeros.
    """
    column = dict(zip(parts, sums, strict=True))
    numerator = column[variant.numerator]
    if variant.subtracted is not None:
        numerator = numerator - column[variant.subtracted]
    n = np.rint(numerator if variant.stock else column[variant.size]).astype(np.int64)
    rests_on = n if variant.denominator is None else column[variant.denominator]
    if variant.stock:
        rests_on = column[variant.numerator]
    known = rests_on != 0
    values = variant.scale * numerator[known]
    if variant.denominator is not None:
        values = values / rests_on[known]
    evidence = [column[part] for part in variant.evidence]
    return FigureColumns(
        _spread(values, known),
        n.tolist(),
        lambda: _ends(variant.method, evidence, len(n)),
        # Ends are sums, products and roots of numbers of this size, so far from what overflows.
        fits=bool(np.all(np.abs(sums) < _LARGE) and np.all(np.isfinite(values)) and np.all(n < _LARGEST_INT)),
    )


def _ends(method: Method, evidence: Sequence[Floats], length: int) -> Ends:
    """Return the ends of every bucket's interval, None where there is too little to tell one."""
    if method is Method.WILSON:
        known = evidence[1] > 0
        low, high = wilson_ends(OF_COLUMNS, evidence[0][known], evidence[1][known])
    elif method is Method.ADJUSTED_WALD_NPS:
        known = evidence[2] > 0
        low, high = nps_ends(OF_COLUMNS, evidence[0][known], evidence[1][known], evidence[2][known])
    elif method is Method.MEAN_T:
        known = evidence[0] >= 2
        low, high = mean_ends(OF_COLUMNS, evidence[0][known], evidence[1][known], evidence[2][known])
    elif method is Method.POISSON:
        known = evidence[0] > 0
        low, high = byar_ends(OF_COLUMNS, evidence[0][known])
    else:
        return [None] * length, [None] * length
    return _spread(low, known), _spread(high, known)


def _spread(values: Floats, known: _Bools) -> Column:
    """Return the values at the places where there are any, None at all others."""
    told: list[float] = values.tolist()
    if len(told) == len(known):
        return told
    column: list[float | None] = [None] * len(known)
    for place, value in zip(np.flatnonzero(known).tolist(), told, strict=True):
        column[place] = value
    return column
