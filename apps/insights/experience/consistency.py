"""How alike the touchpoints of a journey do: their dispersion, what chance explains of it, and the weakest link. Pure.

The interval is a parametric bootstrap: every touchpoint's successes are drawn anew from its own share, smoothed.
Source: Cochran, The Combination of Estimates from Different Experiments (1954), for Q;
Abramowitz and Stegun, 26.4.4 and 26.4.5, for the tail of chi-squared.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from apps.insights.experience.pairs import Share, holm
from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.comparisons import two_proportions, two_sided
from apps.metrics.statistics.intervals import LEVEL, Interval

FEWEST_ITEMS = 10
FEWEST_LINKS = 2
RESAMPLES = 2_000
SEED = 20_260_301


@dataclass(frozen=True, slots=True)
class Link:
    """A touchpoint of a journey: of what happened there, how much was good; its weight in percent."""

    touchpoint: str
    name: str
    weight: float
    share: Share


@dataclass(frozen=True, slots=True)
class Consistency:
    """How touchpoints differ: `cv` is standard deviation / mean, `iqr` that of their shares, both weighted.

    `p_value`: how likely they differ as much if all were alike. `weakest_p_value` that of the weakest against all
    others, however many there were to choose from.
    """

    links: Sequence[Link]
    too_few: Sequence[Link]
    mean: float
    cv: float | None
    interval: Interval | None
    iqr: float
    p_value: float | None
    weakest: Link
    weakest_p_value: float | None


def consistency(links: Sequence[Link], fewest: int = FEWEST_ITEMS) -> Consistency | None:
    """Return how alike the links of enough items do; None for fewer than two such."""
    known = [each for each in links if each.share.of >= fewest]
    if len(known) < FEWEST_LINKS:
        return None
    good, of, weights = _columns(known)
    shares, weakest = good / of, min(known, key=lambda each: (each.share.good / each.share.of, each.touchpoint))
    return Consistency(
        known,
        [each for each in links if each.share.of < fewest],
        float(weights @ shares),
        _cv(shares[None, :], weights)[0] if good.sum() else None,
        _interval(good, of, weights),
        _quantile(shares, weights, 0.75) - _quantile(shares, weights, 0.25),
        _alike(good, of),
        weakest,
        _weakest(known, weakest),
    )


def _columns(known: Sequence[Link]) -> tuple[Floats, Floats, Floats]:
    good, of, weights = (
        np.array(column, dtype=np.float64)
        for column in zip(*((each.share.good, each.share.of, each.weight) for each in known), strict=True)
    )
    # Where nobody weighed any, all weigh alike.
    return good, of, weights / weights.sum() if weights.sum() > 0 else np.full(len(known), 1 / len(known))


def _cv(shares: Floats, weights: Floats) -> list[float]:
    means = shares @ weights
    spread = np.sqrt(np.maximum(((shares - means[:, None]) ** 2) @ weights, 0.0))
    found: list[float] = (spread / np.maximum(means, 1e-12)).tolist()
    return found


def _interval(good: Floats, of: Floats, weights: Floats) -> Interval | None:
    if not good.sum():
        return None
    drawn = np.random.default_rng(SEED).binomial(of.astype(np.int64), (good + 0.5) / (of + 1), (RESAMPLES, len(of)))
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(_cv(drawn / of, weights), [tail, 1 - tail]).tolist()
    return Interval(low, high, LEVEL, "BOOTSTRAP")


def _quantile(shares: Floats, weights: Floats, fraction: float) -> float:
    """Return the smallest share up to which at least `fraction` of the weight lies."""
    order = np.argsort(shares, kind="stable")
    reached = np.cumsum(weights[order])
    return float(shares[order][min(int(np.searchsorted(reached, fraction - 1e-9)), len(order) - 1)])


def _alike(good: Floats, of: Floats) -> float | None:
    """Return the p-value of Pearson's chi-squared of all links; None where all or none was good everywhere."""
    pooled = good.sum() / of.sum()
    if not 0 < pooled < 1:
        return None
    return chi_squared_tail(float((((good - of * pooled) ** 2) / (of * pooled * (1 - pooled))).sum()), len(of) - 1)


def chi_squared_tail(value: float, freedom: int) -> float:
    """Return how likely a chi-squared of so many degrees of freedom is as large: the exact finite sums."""
    if value <= 0:
        return 1.0
    half = value / 2
    if freedom % 2 == 0:
        terms = [math.exp(place * math.log(half) - half - math.lgamma(place + 1)) for place in range(freedom // 2)]
        return min(1.0, math.fsum(terms))
    terms = [
        math.exp((place + 0.5) * math.log(half) - half - math.lgamma(place + 1.5)) for place in range(freedom // 2)
    ]
    return min(1.0, two_sided(math.sqrt(value)) + math.fsum(terms))


def _weakest(known: Sequence[Link], weakest: Link) -> float | None:
    good, of = sum(each.share.good for each in known), sum(each.share.of for each in known)
    p_values = [two_proportions(each.share, (good - each.share.good, of - each.share.of)) for each in known]
    return holm(p_values)[known.index(weakest)]
