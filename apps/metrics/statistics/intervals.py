"""95 % intervals, each from the additive numbers that its metric keeps: of one number, or of a column of them at once.

A formula is written once, over the arithmetic of floats or of columns; a chart has a thousand intervals, and a call
for each takes longer than reading their sums.
"""

import math
from typing import NamedTuple

from apps.metrics.statistics.arithmetic import OF_NUMBERS, Arithmetic, N
from apps.metrics.statistics.student import two_sided_95

LEVEL = 0.95
Z = 1.959963984540054


class Interval(NamedTuple):
    """Where the true value lies, at `level`, by the method named."""

    low: float
    high: float
    level: float
    method: str


def wilson(successes: float, trials: float) -> Interval | None:
    """Return Wilson's score interval of a share; None for no trials."""
    return Interval(*wilson_ends(OF_NUMBERS, successes, trials), LEVEL, "WILSON") if trials > 0 else None


def wilson_ends(of: Arithmetic[N], successes: N, trials: N) -> tuple[N, N]:
    """Return both ends, where there are trials.

    Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927).
    """
    share, z2 = successes / trials, Z * Z
    scale = 1 + z2 / trials
    middle = (share + z2 / (2 * trials)) / scale
    reach = Z * of.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / scale
    return of.at_least(middle - reach, 0.0), of.at_most(middle + reach, 1.0)


def adjusted_wald_nps(promoters: float, detractors: float, answers: float) -> Interval | None:
    """Return the adjusted-Wald interval of a net promoter score, in points; None for no answers."""
    if answers <= 0:
        return None
    return Interval(*nps_ends(OF_NUMBERS, promoters, detractors, answers), LEVEL, "ADJUSTED_WALD_NPS")


def nps_ends(of: Arithmetic[N], promoters: N, detractors: N, answers: N) -> tuple[N, N]:
    """Return both ends.

    Three answers are added, three quarters of a promoter and of a detractor among them. The point value it
    belongs to stays the naive one. Source: Rocks, Interval Estimation for the Net Promoter Score (2016).
    """
    n = answers + 3
    promoting, detracting = (promoters + 0.75) / n, (detractors + 0.75) / n
    net = promoting - detracting
    reach = Z * of.sqrt((promoting + detracting - net * net) / n)
    return of.at_least(100 * (net - reach), -100.0), of.at_most(100 * (net + reach), 100.0)


def mean_t(n: float, total: float, squares: float) -> Interval | None:
    """Return Student's interval of a mean; None below two values, for a single one has no spread."""
    return Interval(*mean_ends(OF_NUMBERS, n, total, squares), LEVEL, "MEAN_T") if n >= 2 else None


def mean_ends(of: Arithmetic[N], n: N, total: N, squares: N) -> tuple[N, N]:
    """Return both ends, where there are two values."""
    reach = two_sided_95(of, n - 1) * of.sqrt(variance(of, n, total, squares) / n)
    return total / n - reach, total / n + reach


def variance(of: Arithmetic[N], n: N, total: N, squares: N) -> N:
    """Return the sample variance; rounding never makes it negative."""
    return of.at_least((squares - total * total / n) / (n - 1), 0.0)


def byar(count: float) -> Interval | None:
    """Return Byar's interval of a count of independent events; None for none, which is no data here."""
    return Interval(*byar_ends(OF_NUMBERS, count), LEVEL, "POISSON_BYAR") if count > 0 else None


def byar_ends(of: Arithmetic[N], count: N) -> tuple[N, N]:
    """Return both ends, where there are events.

    Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), 2.3.
    """
    more = count + 1
    below = of.at_least(1 - 1 / (9 * count) - Z / (3 * of.sqrt(count)), 0.0)
    above = 1 - 1 / (9 * more) + Z / (3 * of.sqrt(more))
    return count * (below * below * below), more * (above * above * above)


def quantile_ranks(n: int, fraction: float) -> tuple[int, int] | None:
    """Return the ranks (from 1) of the values that bound a quantile; None where n is too small to bound it.

    Source: Conover, Practical Nonparametric Statistics, 3.2 (normal approximation, rounded outwards).
    """
    reach = Z * math.sqrt(n * fraction * (1 - fraction))
    low, high = math.floor(n * fraction - reach), math.ceil(n * fraction + reach) + 1
    return (low, high) if low >= 1 and high <= n else None
