"""From sums to a number: the variant's formula, its interval, and whether two of them differ. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Method
from apps.metrics.statistics.comparisons import two_counts, two_means, two_nps, two_proportions
from apps.metrics.statistics.intervals import Interval, adjusted_wald_nps, byar, mean_t, wilson
from apps.metrics.statistics.quantiles import Quantile

Counted = Mapping[Component, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it rests on; `value` is None where there is no data, never 0 for that."""

    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    interval: Interval | None
    excluded: int | None = None
    evidence: tuple[float, ...] = ()


def figure(variant: Variant, counted: Counted) -> Figure:
    """Return the variant's number over sums."""
    evidence = tuple(counted[part] for part in variant.evidence)
    numerator = counted[variant.numerator] - (counted[variant.subtracted] if variant.subtracted else 0)
    denominator = counted[variant.denominator] if variant.denominator else None
    n = round(counted[variant.size])
    rests_on = n if denominator is None else denominator
    value = None
    if rests_on:
        value = variant.scale * numerator / (1 if denominator is None else denominator)
    excluded = round(counted[variant.excluded]) if variant.excluded else None
    return Figure(value, numerator, denominator, n, _interval(variant.method, evidence), excluded, evidence)


def of_quantile(quantile: Quantile | None, excluded: int | None = None) -> Figure:
    """Return the number a quantile is; it is no ratio, so it has no parts."""
    if quantile is None:
        return Figure(None, None, None, 0, None, excluded)
    return Figure(quantile.value, None, None, quantile.n, quantile.interval, excluded)


def nothing(variant: Variant, *, quantile: bool = False) -> Figure:
    """Return the figure of no rows."""
    if quantile:
        return of_quantile(None)
    return figure(variant, dict.fromkeys(variant.components, 0.0))


def p_value(variant: Variant, now: Figure, before: Figure, exposures: tuple[float, float]) -> float | None:
    """Return how likely so large a difference is by chance; None where no test fits or evidence is missing.

    `exposures` is how long each has been counted, in seconds: counts are compared as rates.
    """
    if len(now.evidence) != len(variant.evidence) or len(before.evidence) != len(variant.evidence):
        return None
    if variant.method is Method.WILSON:
        return two_proportions(now.evidence, before.evidence)  # type: ignore[arg-type]  # a pair by its method
    if variant.method is Method.ADJUSTED_WALD_NPS:
        return two_nps(now.evidence, before.evidence)  # type: ignore[arg-type]  # a triple by its method
    if variant.method is Method.MEAN_T:
        return two_means(now.evidence, before.evidence)  # type: ignore[arg-type]  # a triple by its method
    if variant.method is Method.POISSON:
        return two_counts((now.evidence[0], exposures[0]), (before.evidence[0], exposures[1]))
    return None


def _interval(method: Method, evidence: tuple[float, ...]) -> Interval | None:
    if method is Method.WILSON:
        return wilson(*evidence)
    if method is Method.ADJUSTED_WALD_NPS:
        return adjusted_wald_nps(*evidence)
    if method is Method.MEAN_T:
        n, total, squares = evidence
        return mean_t(n, total, squares)
    if method is Method.POISSON:
        return byar(*evidence)
    return None
