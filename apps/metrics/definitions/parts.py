"""What a metric is made of: additive components, measures, and the variants that put them together."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from apps.metrics.definitions.vocabulary import Bins, Method, Part, Statistic, Unit


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is left out of a number, where it passes `where`: constant SQL over the fact's aliases."""

    text: str
    where: str = "TRUE"


@dataclass(frozen=True, slots=True)
class Component:
    """An additive number: how many of a fact's rows pass `where`, or the sum of `value` over them.

    Both are constant SQL over the fact's aliases; nothing of a request ever enters them. One that counts rows left
    out says why: the first of its `reasons` that a row passes, the last being for all. They change no number. An
    `elaborate` one needs columns of the fact's elaborate source.
    """

    name: str
    where: str = "TRUE"
    value: str | None = None
    elaborate: bool = False
    reasons: tuple[Reason, ...] = field(default=(), repr=False, compare=False)

    @property
    def sql(self) -> str:
        """Return the aggregate; 0 over no rows, so that it adds up."""
        if self.value is None:
            return f"count(*) FILTER (WHERE {self.where})"
        return f"coalesce(sum({self.value}) FILTER (WHERE {self.where}), 0)"


class Exposure(Enum):
    """What of another table a count is held against."""

    ACTIVE_CUSTOMERS = "ACTIVE_CUSTOMERS"
    ORDERS = "ORDERS"


@dataclass(frozen=True)
class Measure:
    """A number that each row passing `where` has: a duration in seconds or a score."""

    name: str
    value: str
    where: str
    bins: Bins = Bins.LOG
    elaborate: bool = False

    @cached_property
    def size(self) -> Component:
        """Count the rows that have it."""
        return Component(f"{self.name}.n", self.where, elaborate=self.elaborate)

    @cached_property
    def sum(self) -> Component:
        """Add it up."""
        return Component(f"{self.name}.sum", self.where, f"({self.value})::float8", self.elaborate)

    @cached_property
    def sum_of_squares(self) -> Component:
        """Add up its squares, for the spread."""
        square = f"({self.value})::float8 * ({self.value})::float8"
        return Component(f"{self.name}.sumsq", self.where, square, self.elaborate)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Return what the mean and its interval need."""
        return (self.size, self.sum, self.sum_of_squares)


@dataclass(frozen=True, slots=True)
class Share:
    """Rows that a part of a number is made of: those that `counted` counts, and what each adds to it, as SQL."""

    counted: Component
    amount: str


# Told apart by identity: there is one of each, and comparing all that it is made of takes longer than its formula.
@dataclass(frozen=True, eq=False)
class Variant:
    """One way to compute a metric: scale x (numerator - subtracted) / denominator, or the numerator alone.

    `evidence` is what the interval's method is given, in its own order. A variant with a `measure` also has
    quantiles. `excluded` counts rows left out because what the metric needs of them is unknown; `counted`
    the rows it rests on, where neither the measure nor the evidence says so. `unit` is what its values count in,
    where that is not the metric's. A `stock` is what stands at a moment: comings of all time less goings. A
    count with an `exposure` is told as a rate. A `modelled` one rests on the brand's model of purchases.
    """

    key: str
    description: str
    numerator: Component
    denominator: Component | None
    method: Method = Method.NONE
    evidence: tuple[Component, ...] = ()
    subtracted: Component | None = None
    excluded: Component | None = None
    measure: Measure | None = None
    scale: float = 1.0
    counted: Component | None = None
    unit: Unit | None = None
    stock: bool = False
    exposure: Exposure | None = None
    modelled: bool = False

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """Return every component it reads, each once."""
        named = (
            self.numerator,
            self.subtracted,
            self.denominator,
            self.excluded,
            self.counted,
            *self.evidence,
        )
        return tuple(dict.fromkeys(part for part in named if part is not None))

    @cached_property
    def size(self) -> Component:
        """Return the component that counts the rows it rests on."""
        if self.counted is not None:
            return self.counted
        return self.evidence[0] if self.method is Method.MEAN_T else self.denominator or self.numerator

    def shares(self, part: Part) -> tuple[Share, ...]:
        """Return the rows a part is made of; a row is in one share at most. A count has its rows for denominator."""
        if part is Part.EXCLUDED:
            return () if self.excluded is None else (Share(self.excluded, "NULL"),)
        if part is Part.DENOMINATOR:
            return (self._share(self.denominator or self.numerator, 1),)
        taken = () if self.subtracted is None else (self._share(self.subtracted, -1),)
        return (self._share(self.numerator, 1), *taken)

    def _share(self, component: Component, sign: int) -> Share:
        if component.value is None:
            return Share(component, str(sign))
        return Share(self.size, f"{sign} * ({component.value})")

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """Return what may be asked for: all of them for a measured variant, else none."""
        return tuple(Statistic) if self.measure is not None else ()


def rate(
    key: str,
    description: str,
    numerator: Component,
    denominator: Component,
    excluded: Component | None = None,
    *,
    modelled: bool = False,
) -> Variant:
    """Return a variant that is a share of rows, with Wilson's interval."""
    evidence = (numerator, denominator)
    return Variant(
        key, description, numerator, denominator, Method.WILSON, evidence, excluded=excluded, modelled=modelled
    )


def mean_of(
    key: str, description: str, measure: Measure, excluded: Component | None = None, *, modelled: bool = False
) -> Variant:
    """Return a variant that is the mean of a measure, with Student's interval and quantiles."""
    return Variant(
        key,
        description,
        measure.sum,
        measure.size,
        Method.MEAN_T,
        measure.components,
        excluded=excluded,
        measure=measure,
        modelled=modelled,
    )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the definition fixes, such as a target."""

    name: str
    value: float
    unit: str
    description: str
