"""From sums to a number: the variant's formula, its interval, and whether two of them differ. Pure."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Method
from apps.metrics.statistics.comparisons import two_counts, two_errors, two_means, two_nps, two_proportions
from apps.metrics.statistics.intervals import Interval, adjusted_wald_nps, byar, mean_t, wilson
from apps.metrics.statistics.quantiles import Quantile


class Figure(NamedTuple):
    """A number and what it rests on; `value` is None where there is no data, never 0 for that."""

    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    excluded: int | None = None
    evidence: tuple[float, ...] = ()
    method: Method = Method.NONE
    bounds: Interval | None = None

    @property
    def interval(self) -> Interval | None:
        """Return where the true value lies: found already, or worked out now from the evidence."""
        return self.bounds if self.method is Method.NONE else _interval(self.method, self.evidence)


@lru_cache(maxsize=256)
def figures_of(variant: Variant, parts: tuple[Component, ...]) -> Callable[[Sequence[float]], Figure]:
    """Return what makes the variant's number of sums that come in the order of `parts`."""
    above, size = parts.index(variant.numerator), parts.index(variant.size)
    below, taken, left_out = (
        None if part is None else parts.index(part)
        for part in (variant.denominator, variant.subtracted, variant.excluded)
    )
    stock = variant.stock
    evidence, scale, method = [parts.index(part) for part in variant.evidence], variant.scale, variant.method

    def made(sums: Sequence[float]) -> Figure:
        numerator = sums[above] - (0 if taken is None else sums[taken])
        denominator = None if below is None else sums[below]
        n = round(numerator if stock else sums[size])
        # A stock of none is a number, if there ever was any.
        rests_on = sums[above] if stock else n if denominator is None else denominator
        value = scale * numerator / (1 if denominator is None else denominator) if rests_on else None
        excluded = None if left_out is None else round(sums[left_out])
        return Figure(value, numerator, denominator, n, excluded, tuple([sums[place] for place in evidence]), method)

    return made


def of_quantile(quantile: Quantile | None, excluded: int | None = None) -> Figure:
    """Return the number a quantile is; it is no ratio, so it has no parts."""
    if quantile is None:
        return Figure(None, None, None, 0, excluded)
    return Figure(quantile.value, None, None, quantile.n, excluded, bounds=quantile.interval)


def nothing(variant: Variant, *, quantile: bool = False) -> Figure:
    """Return the figure of no rows."""
    if quantile:
        return of_quantile(None)
    return figures_of(variant, variant.components)([0.0] * len(variant.components))


# By what two numbers of a method are compared: pairs and triples, by their method.
_TESTS: dict[Method, Callable[[Any, Any], float | None]] = {
    Method.WILSON: two_proportions,
    Method.ADJUSTED_WALD_NPS: two_nps,
    Method.MEAN_T: two_means,
}


def p_value(
    variant: Variant, now: Figure, before: Figure, exposures: tuple[float | None, float | None]
) -> float | None:
    """Return how likely so large a difference is by chance; None where no test fits or evidence is missing.

    `exposures` is how long each has been counted, in seconds, or what else it is held against: counts are compared as
    rates.
    """
    if variant.method is Method.BOOTSTRAP:
        return two_errors((now.value, *now.evidence), (before.value, *before.evidence))
    if len(now.evidence) != len(variant.evidence) or len(before.evidence) != len(variant.evidence):
        return None
    if variant.method is Method.POISSON:
        return two_counts((now.evidence[0], exposures[0] or 0), (before.evidence[0], exposures[1] or 0))
    test = _TESTS.get(variant.method)
    return test(now.evidence, before.evidence) if test else None


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
