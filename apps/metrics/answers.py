"""The answers to questions about metrics, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.vocabulary import Statistic, Unit
from apps.metrics.lifetime.fits import why_there_is_none
from apps.metrics.questions import Question
from apps.metrics.statistics.intervals import Interval
from apps.metrics.suppression import REASON
from apps.metrics.windows import Comparison, Window


class SliceKind(StrEnum):
    """What a group stands for: one value, the rows that have none, or all other values together."""

    VALUE = "VALUE"
    NONE = "NONE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class PreviousValue:
    """The number of the window compared with."""

    value: float | None
    sample_size: int
    window: Window


@dataclass(frozen=True, slots=True)
class GuardRailQuestion:
    """What the guard rail of a number asks: the other metric over the same contacts."""

    question: Question
    window: Window
    compare_to: Comparison | None


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A number with all that is needed to judge it. `value` is None without data and where it is hidden."""

    question: Question
    value: float | None
    numerator: float | None
    denominator: float | None
    sample_size: int
    interval: Interval | None
    excluded: int | None
    as_of: datetime
    provisional: bool
    previous: PreviousValue | None = None
    delta: float | None = None
    p_value: float | None = None
    significant: bool | None = None
    suppressed: bool = False
    suppression_reason: str | None = None
    guard: GuardRailQuestion | None = None

    @property
    def definition(self) -> Metric:
        """Return what the number means."""
        return self.question.metric

    @property
    def key(self) -> str:
        """Return the metric's key."""
        return self.definition.key

    @property
    def unit(self) -> Unit:
        """Return what the value counts in."""
        return self.definition.unit_of(self.question.variant)

    @property
    def variant(self) -> str:
        """Return the variant's key."""
        return self.question.variant.key

    @property
    def statistic(self) -> Statistic | None:
        """Return what is told of the distribution; None for a rate or a count."""
        return self.question.statistic

    @property
    def money(self) -> Decimal | None:
        """Return the amount, in the brand's currency, where the value is money."""
        return Decimal(str(round(self.value, 4))) if self.unit is Unit.MONEY and self.value is not None else None

    @property
    def unavailable_reason(self) -> str | None:
        """Return why what rests on the brand's model has no value; one SELECT where there is none."""
        if self.value is not None or self.suppressed or not self.question.variant.modelled:
            return None
        return why_there_is_none()

    @property
    def numbers(self) -> tuple[object, ...]:
        """Return all of the answer that is a number: when none of it moved, nothing is new.

        To twelve digits, for the same rows added up in another order may differ in the sixteenth.
        """
        told = (self.value, self.numerator, self.denominator, self.sample_size, self.excluded)
        ends = (self.interval.low, self.interval.high) if self.interval else ()
        return (self.key, self.suppressed, *(None if each is None else f"{each:.12g}" for each in (*told, *ends)))

    def without_previous(self) -> "MetricValue":
        """Return the same answer without the number before, and what could give it away."""
        previous = self.previous and replace(
            self.previous, value=None, sample_size=self._counted(self.previous.sample_size)
        )
        return replace(self, previous=previous, delta=None, p_value=None, significant=None)

    def hidden(self) -> "MetricValue":
        """Return the same answer without any number that tells of single people; the count stays, but in blocks."""
        return replace(
            self.without_previous(),
            value=None,
            numerator=None,
            denominator=None,
            interval=None,
            sample_size=self._counted(self.sample_size),
            excluded=self.excluded if self.question.in_blocks is None else None,
            suppressed=True,
            suppression_reason=REASON.format(minimum=self.definition.fact.minimum_private),
        )

    def _counted(self, rows: int) -> int:
        """Return how many rows a hidden number is said to rest on: in blocks none, or it would tell of segments."""
        return rows if self.question.in_blocks is None else 0


@dataclass(frozen=True, slots=True)
class MetricSlice:
    """One group of a breakdown."""

    kind: SliceKind
    key: str | None
    label: str
    metric: MetricValue


@dataclass(frozen=True, slots=True)
class MetricPoint:
    """One bucket of a series."""

    start: datetime
    end: datetime
    value: float | None
    sample_size: int
    low: float | None
    high: float | None
    provisional: bool
    suppressed: bool


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """One group's buckets, complete and in order."""

    kind: SliceKind
    key: str | None
    label: str
    points: Sequence[MetricPoint]


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """A metric over time."""

    question: Question
    groups: tuple[SeriesGroup, ...]

    @property
    def key(self) -> str:
        """Return the metric's key."""
        return self.question.metric.key

    @property
    def unit(self) -> Unit:
        """Return what the values count in."""
        return self.question.metric.unit_of(self.question.variant)


@dataclass(frozen=True, slots=True)
class HeatmapCell:
    """One hour of the week; `weekday` is 1 for Monday."""

    weekday: int
    hour: int
    value: float | None
    sample_size: int
    suppressed: bool


@dataclass(frozen=True, slots=True)
class MetricHeatmap:
    """A metric by the hour of the week: all 168, from Monday's first."""

    question: Question
    cells: Sequence[HeatmapCell]

    @property
    def unit(self) -> Unit:
        """Return what the values count in."""
        return self.question.metric.unit_of(self.question.variant)
