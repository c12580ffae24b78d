"""A metric is a value: everything said, computed, documented and tested about it comes from here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Component, Parameter, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Statistic, Unit

Cell = str | float | bool | None
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worked example comes to; None where there is no data."""

    value: float | None
    numerator: float
    denominator: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Example:
    """A case small enough to check by hand: rows around March 2026, UTC, and each variant's answer.

    With `open_hours`, such as 09:00-17:00, the calendar with the key default opens then from Monday to Friday.
    """

    title: str
    rows: tuple[Row, ...]
    answers: Mapping[str, Answer]
    open_hours: str | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric's definition. The first variant is the default."""

    key: str
    version: int
    name: str
    family: Family
    unit: Unit
    direction: Direction
    description: str
    formula: str
    source: str
    fact: Fact
    variants: tuple[Variant, ...]
    examples: tuple[Example, ...]
    parameters: tuple[Parameter, ...] = field(default=())
    guard_rail: str | None = None

    @property
    def components(self) -> tuple[Component, ...]:
        """Return what all its variants read, each once."""
        return tuple(dict.fromkeys(part for variant in self.variants for part in variant.components))

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """Return what at least one variant allows."""
        return tuple(Statistic) if any(variant.statistics for variant in self.variants) else ()

    def unit_of(self, variant: Variant) -> Unit:
        """Return what one of its variants' values count in."""
        return variant.unit or self.unit

    def variant(self, key: str | None) -> Variant | None:
        """Return the named variant, the default for None, or None where there is no such variant."""
        if key is None:
            return self.variants[0]
        return next((variant for variant in self.variants if variant.key == key), None)
