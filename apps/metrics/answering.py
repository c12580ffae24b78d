"""From figures to answers: what a caller gets to see of a number."""

from dataclasses import dataclass, replace
from datetime import datetime

from apps.metrics.answers import GuardRailQuestion, MetricValue, PreviousValue, SliceKind
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.figures import Figure, p_value
from apps.metrics.filters import narrowed
from apps.metrics.freshness import Freshness
from apps.metrics.groups import Group
from apps.metrics.questions import Question, question
from apps.metrics.statistics.comparisons import ALPHA
from apps.metrics.windows import BEGINNING, Comparison, Window


def answer(
    asked: Question, fresh: Freshness, window: Window, known: Figure, guard: GuardRailQuestion | None = None
) -> MetricValue:
    """Return a figure as an answer to its question, with the one its guard rail asks."""
    return MetricValue(
        question=asked,
        value=known.value,
        numerator=known.numerator,
        denominator=known.denominator,
        sample_size=known.n,
        interval=known.interval,
        excluded=known.excluded,
        as_of=fresh.as_of,
        provisional=fresh.provisional(BEGINNING if asked.variant.stock else window.start, window.end),
        guard=guard,
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A window and the one it is held against, as seen at a moment."""

    window: Window
    earlier: Window
    now: datetime

    @property
    def exposures(self) -> tuple[float, float]:
        """Return how many seconds of each have passed: a window that still runs has been counted up to now."""
        return self._passed(self.window), self._passed(self.earlier)

    def _passed(self, window: Window) -> float:
        return (min(window.end, self.now) - window.start).total_seconds()


def compare(value: MetricValue, known: Figure, before: Figure, pair: Pair) -> MetricValue:
    """Return the answer with what it was in an earlier window; a difference needs both numbers."""
    delta = None if known.value is None or before.value is None else known.value - before.value
    held = (known.denominator, before.denominator) if value.question.variant.exposure else pair.exposures
    p = None if delta is None else p_value(value.question.variant, known, before, held)
    return replace(
        value,
        previous=PreviousValue(before.value, before.n, pair.earlier),
        delta=delta,
        p_value=p,
        significant=None if p is None else p < ALPHA,
    )


def guard_of(
    asked: Question,
    window: Window,
    compare_to: Comparison | None,
    *,
    by: DimensionKey | None = None,
    group: Group | None = None,
) -> GuardRailQuestion | None:
    """Return the question that an answer's guard rail asks, narrowed to the group; the rest has none."""
    key = asked.metric.guard_rail
    if key is None or (group is not None and group.kind is SliceKind.OTHER):
        return None
    where = asked.where if by is None or group is None else narrowed(asked.where, by, group.key or "")
    if any(METRICS[key].fact.dimension(dimension) is None for dimension, _ in where):
        return None
    return GuardRailQuestion(question(key, where=where, in_blocks=asked.in_blocks), window, compare_to)
