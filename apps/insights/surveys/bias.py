"""Whether those who answer are like those who do not, and what they would say if they were. Pure.

Sources: standardized differences: Austin, Balance diagnostics for comparing the distribution of baseline covariates
(2009); Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979); raking: Deming and Stephan, On a Least
Squares Adjustment of a Sampled Frequency Table (1940); effective size: Kish, Survey Sampling (1965).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from apps.metrics.statistics.comparisons import ALPHA

# Below these a test says nothing, and a weight rests on too few.
_LEAST_EXPECTED: Final = 5
_LEAST_ANSWERS: Final = 5
_ROUNDS: Final = 200
_CLOSE: Final = 1e-9
_HEAVIEST: Final = 10.0
_HALF_A_FIFTH: Final = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """Customers alike in all that is known: how many were asked, and the scores of those who answered."""

    traits: Mapping[str, str]
    asked: int
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a trait: how many answered and how many did not, and how far their shares lie apart."""

    value: str
    answered: int
    silent: int
    difference: float | None


@dataclass(frozen=True, slots=True)
class Trait:
    """All values of a trait, the most frequent first; the p-values are None where a test would say nothing."""

    name: str
    values: tuple[Value, ...]
    p_value: float | None
    adjusted: float | None = None

    @property
    def differs(self) -> bool | None:
        """Tell whether who answers differs by it, by more than chance and by a difference that matters."""
        if self.adjusted is None:
            return None
        return self.adjusted < ALPHA and any(abs(each.difference or 0) >= _HALF_A_FIFTH for each in self.values)


@dataclass(frozen=True, slots=True)
class Weighted:
    """The mean of scores as if those who answered were like all who were asked; or why it is not told."""

    value: float | None
    effective: float | None
    reason: str | None = None


def traits_of(groups: Sequence[Asked]) -> tuple[Trait, ...]:
    """Hold those who answered against those who did not, by each trait; p-values are adjusted after Holm."""
    names = list(groups[0].traits) if groups else []
    return _holm([_trait(name, groups) for name in names])


def _trait(name: str, groups: Sequence[Asked]) -> Trait:
    answered, silent = Counter[str](), Counter[str]()
    for group in groups:
        answered[group.traits[name]] += len(group.scores)
        silent[group.traits[name]] += group.asked - len(group.scores)
    keys = sorted({*answered, *silent}, key=lambda key: (-answered[key] - silent[key], key))
    counts = [(answered[key], silent[key]) for key in keys]
    totals = (sum(answered.values()), sum(silent.values()))
    values = [Value(key, *pair, standardized(pair, totals)) for key, pair in zip(keys, counts, strict=True)]
    return Trait(name, tuple(values), independence(counts))


def standardized(counts: tuple[int, int], totals: tuple[int, int]) -> float | None:
    """Return the difference of two shares in units of their spread; None where a side is empty or none is there."""
    if not all(totals):
        return None
    p, q = counts[0] / totals[0], counts[1] / totals[1]
    spread = math.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return (p - q) / spread if spread else (0.0 if p == q else None)


def independence(counts: Sequence[tuple[int, int]]) -> float | None:
    """Return how likely two groups differ as much by chance: Pearson's test, of two values Fisher's exact one.

    None where there is nothing to compare, or too little for Pearson's test.
    """
    rows = [pair for pair in counts if sum(pair)]
    totals = [sum(side) for side in zip(*rows, strict=True)]
    if len(rows) < len(totals) or not all(totals):
        return None
    if len(rows) == len(totals):
        return fisher(rows[0], rows[1])
    all_ = sum(totals)
    expected = [[sum(row) * total / all_ for total in totals] for row in rows]
    if min(min(row) for row in expected) < _LEAST_EXPECTED:
        return None
    found = sum(
        (seen - due) ** 2 / due
        for row, dues in zip(rows, expected, strict=True)
        for seen, due in zip(row, dues, strict=True)
    )
    return chi_square_tail(found, len(rows) - 1)


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return the two-sided p-value of Fisher's exact test: all tables that are no likelier than this one."""
    first, second, left = sum(one), sum(other), one[0] + other[0]

    def chance(of_first: int) -> float:
        return _ways(first, of_first) + _ways(second, left - of_first) - _ways(first + second, left)

    here = chance(one[0]) + _CLOSE
    possible = map(chance, range(max(0, left - second), min(first, left) + 1))
    return min(1.0, math.fsum(math.exp(each) for each in possible if each <= here))


def chi_square_tail(value: float, freedom: int) -> float:
    """Return how likely a chi-square of so many degrees of freedom is at least so large: a finite sum."""
    half = value / 2
    if freedom % 2 == 0:
        return math.fsum(math.exp(_power(half, place) - half - math.lgamma(place + 1)) for place in range(freedom // 2))
    rest = (
        math.exp(_power(half, place + 0.5) - half - math.lgamma(place + 1.5)) for place in range((freedom - 1) // 2)
    )
    return math.erfc(math.sqrt(half)) + math.fsum(rest)


def _power(base: float, exponent: float) -> float:
    if base == 0:
        return 0.0 if exponent == 0 else -math.inf
    return exponent * math.log(base)


def _ways(of: int, chosen: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(chosen + 1) - math.lgamma(of - chosen + 1)


def _holm(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    tested = sorted((trait.p_value, place) for place, trait in enumerate(traits) if trait.p_value is not None)
    adjusted: dict[int, float] = {}
    worst = 0.0
    for rank, (p_value, place) in enumerate(tested):
        worst = max(worst, min(1.0, (len(tested) - rank) * p_value))
        adjusted[place] = worst
    return tuple(replace(trait, adjusted=adjusted.get(place)) for place, trait in enumerate(traits))


def raked(groups: Sequence[Asked], names: Sequence[str]) -> Weighted:
    """Weigh answers until each of the traits has the shares it has among all who were asked; tell their mean."""
    scored = [group for group in groups if group.scores]
    wanted = {name: _shares(groups, name) for name in names}
    for name in names:
        given = Counter[str]()
        for group in scored:
            given[group.traits[name]] += len(group.scores)
        few = sorted(value for value in wanted[name] if given[value] < _LEAST_ANSWERS)
        if few:
            return Weighted(None, None, f"Fewer than {_LEAST_ANSWERS} answers where {name} is {few[0] or 'unknown'}.")
    weights = [1.0] * len(scored)
    if not scored or not _fit(scored, weights, wanted):
        return Weighted(None, None, "There are no answers." if not scored else "No weights fit all traits at once.")
    total = math.fsum(weight * len(group.scores) for weight, group in zip(weights, scored, strict=True))
    squares = math.fsum(weight**2 * len(group.scores) for weight, group in zip(weights, scored, strict=True))
    answers = sum(len(group.scores) for group in scored)
    if max(weights) * answers / total > _HEAVIEST:
        return Weighted(None, None, f"An answer would count more than {_HEAVIEST:g} times.")
    summed = math.fsum(weight * math.fsum(group.scores) for weight, group in zip(weights, scored, strict=True))
    return Weighted(summed / total, total**2 / squares)


def _shares(groups: Sequence[Asked], name: str) -> dict[str, float]:
    counts = Counter[str]()
    for group in groups:
        counts[group.traits[name]] += group.asked
    return {value: count / sum(counts.values()) for value, count in counts.items()}


def _fit(scored: Sequence[Asked], weights: list[float], wanted: Mapping[str, Mapping[str, float]]) -> bool:
    """Change the weights, trait by trait, until all shares are as wanted; tell whether they came to be."""
    for _ in range(_ROUNDS):
        farthest = 0.0
        for name, shares in wanted.items():
            present = Counter[str]()
            for weight, group in zip(weights, scored, strict=True):
                present[group.traits[name]] += weight * len(group.scores)  # type: ignore[assignment]  # a sum of weights
            total = math.fsum(present.values())
            for place, group in enumerate(scored):
                value = group.traits[name]
                factor = shares[value] * total / present[value]
                farthest = max(farthest, abs(factor - 1))
                weights[place] *= factor
        if farthest < _CLOSE:
            return True
    return False
