"""Whether two numbers differ by more than chance: two-sided p-values."""

import math

from apps.metrics.statistics.arithmetic import OF_NUMBERS
from apps.metrics.statistics.intervals import variance

ALPHA = 0.05
FEWEST = 2


def two_sided(z: float) -> float:
    """Return the two-sided p-value of a standard normal z."""
    return math.erfc(abs(z) / math.sqrt(2))


def two_proportions(now: tuple[float, float], before: tuple[float, float]) -> float | None:
    """Compare two shares given as (successes, trials), pooled; None where a side is empty."""
    (k1, n1), (k2, n2) = now, before
    if n1 <= 0 or n2 <= 0:
        return None
    pooled = (k1 + k2) / (n1 + n2)
    return _from(k1 / n1 - k2 / n2, pooled * (1 - pooled) * (1 / n1 + 1 / n2))


def two_nps(now: tuple[float, float, float], before: tuple[float, float, float]) -> float | None:
    """Compare two net promoter scores, as (promoters, detractors, answers); None where a side is empty."""
    sides = []
    for promoters, detractors, answers in (now, before):
        if answers <= 0:
            return None
        net = (promoters - detractors) / answers
        sides.append((net, ((promoters + detractors) / answers - net * net) / answers))
    return _from(sides[0][0] - sides[1][0], sides[0][1] + sides[1][1])


def two_means(now: tuple[float, float, float], before: tuple[float, float, float]) -> float | None:
    """Compare two means given as (n, sum, sum of squares), unequal variances; None below two values a side.

    Normal approximation: its p-value is a little small when a side has fewer than about 30 values.
    """
    (n1, s1, q1), (n2, s2, q2) = now, before
    if n1 < FEWEST or n2 < FEWEST:
        return None
    return _from(s1 / n1 - s2 / n2, variance(OF_NUMBERS, n1, s1, q1) / n1 + variance(OF_NUMBERS, n2, s2, q2) / n2)


def two_errors(now: tuple[float | None, ...], before: tuple[float | None, ...]) -> float | None:
    """Compare two numbers given with their standard errors; None where either lacks one. Normal approximation."""
    if len(now) != len(before) or len(now) != FEWEST or None in now or None in before:
        return None
    (x1, e1), (x2, e2) = now, before
    return _from(x1 - x2, e1 * e1 + e2 * e2)  # type: ignore[operator]  # none is None


def two_counts(now: tuple[float, float], before: tuple[float, float]) -> float | None:
    """Compare two rates of independent events given as (events, exposure); None without exposure or any event.

    Given how many there were in all, those of one side are binomial by the exposures; normal approximation.
    Source: Przyborowski and Wilenski, Homogeneity of Results in Testing Samples from Poisson Series (1940).
    """
    (c1, e1), (c2, e2) = now, before
    if e1 <= 0 or e2 <= 0 or c1 + c2 <= 0:
        return None
    share, events = e1 / (e1 + e2), c1 + c2
    return _from(c1 - events * share, events * share * (1 - share))


def _from(difference: float, squared_error: float) -> float | None:
    """Return the p-value; no difference is no evidence, a difference without any spread cannot be judged."""
    if difference == 0:
        return 1.0
    return two_sided(difference / math.sqrt(squared_error)) if squared_error > 0 else None
