"""95 % intervals, each from the additive numbers that its metric keeps."""

import math
from typing import NamedTuple

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
    """Return Wilson's score interval of a share; None for no trials.

    Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927).
    """
    if trials <= 0:
        return None
    share, z2 = successes / trials, Z * Z
    scale = 1 + z2 / trials
    middle = (share + z2 / (2 * trials)) / scale
    reach = Z * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / scale
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach), LEVEL, "WILSON")


def adjusted_wald_nps(promoters: float, detractors: float, answers: float) -> Interval | None:
    """Return the adjusted-Wald interval of a net promoter score, in points; None for no answers.

    Three answers are added, three quarters of a promoter and of a detractor among them. The point value it
    belongs to stays the naive one. Source: Rocks, Interval Estimation for the Net Promoter Score (2016).
    """
    if answers <= 0:
        return None
    n = answers + 3
    promoting, detracting = (promoters + 0.75) / n, (detractors + 0.75) / n
    net = promoting - detracting
    reach = Z * math.sqrt((promoting + detracting - net * net) / n)
    return Interval(max(-100.0, 100 * (net - reach)), min(100.0, 100 * (net + reach)), LEVEL, "ADJUSTED_WALD_NPS")


def mean_t(n: float, total: float, squares: float) -> Interval | None:
    """Return Student's interval of a mean; None below two values."""
    if n < 2:  # a single value has no spread
        return None
    reach = two_sided_95(n - 1) * math.sqrt(variance(n, total, squares) / n)
    return Interval(total / n - reach, total / n + reach, LEVEL, "MEAN_T")


def variance(n: float, total: float, squares: float) -> float:
    """Return the sample variance; rounding never makes it negative."""
    return max(0.0, (squares - total * total / n) / (n - 1))


def byar(count: float) -> Interval | None:
    """Return Byar's interval of a count of independent events; None for none, which is no data here.

    Source: Breslow and Day, Statistical Methods in Cancer Research II (1987), 2.3.
    """
    if count <= 0:
        return None
    more = count + 1
    low = count * max(0.0, 1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3
    high = more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3
    return Interval(low, high, LEVEL, "POISSON_BYAR")


def quantile_ranks(n: int, fraction: float) -> tuple[int, int] | None:
    """Return the ranks (from 1) of the values that bound a quantile; None where n is too small to bound it.

    Source: Conover, Practical Nonparametric Statistics, 3.2 (normal approximation, rounded outwards).
    """
    reach = Z * math.sqrt(n * fraction * (1 - fraction))
    low, high = math.floor(n * fraction - reach), math.ceil(n * fraction + reach) + 1
    return (low, high) if low >= 1 and high <= n else None
