"""Numbers that may depend on a request's variables: added and multiplied once a document, worked out once a request."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cxplatform.graphql.prices import Amount

Variables = Mapping[str, Any]
# Far above any limit; keeps whatever a client sends from growing beyond what a number holds.
_MOST: Final = 1e9


@dataclass(frozen=True)
class Weight:
    """Points of a selection: those that stand for rows, which may turn out fewer, and the others."""

    fixed: Amount = 0
    rows: Amount = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(plus(self.fixed, other.fixed), plus(self.rows, other.rows))

    def times(self, count: Amount) -> "Weight":
        return Weight(product(self.fixed, count), product(self.rows, count))

    def as_rows(self) -> "Weight":
        """Take all of it for rows: how much of what lies below rows happens depends on how many there are."""
        return Weight(0, plus(self.fixed, self.rows))


NOTHING: Final = Weight()


def plus(one: Amount, other: Amount) -> Amount:
    """Add two amounts."""
    if callable(one) or callable(other):
        first, second = _read(one), _read(other)
        return lambda variables: first(variables) + second(variables)
    return min(one + other, _MOST)


def product(one: Amount, other: Amount) -> Amount:
    """Multiply two amounts."""
    if callable(one) or callable(other):
        first, second = _read(one), _read(other)
        return lambda variables: min(first(variables) * second(variables), _MOST)
    return min(one * other, _MOST)


def at(amount: Amount, variables: Variables) -> float:
    """Work an amount out for one request's variables: finite, and never negative."""
    value = amount(variables) if callable(amount) else amount
    return min(max(value, 0.0), _MOST) if not math.isnan(value) else _MOST


def _read(amount: Amount) -> Callable[[Variables], float]:
    return amount if callable(amount) else lambda _variables: amount
