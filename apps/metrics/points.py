"""The points of a series: one a bucket, complete, with what must be hidden hidden. Kept by column."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, overload

from apps.metrics.answers import MetricPoint
from apps.metrics.figures import Figure
from apps.metrics.freshness import Freshness
from apps.metrics.statistics.intervals import Interval
from cxplatform.graphql.columnar import Columnar

_OF_BUCKETS = ("start", "end", "provisional")


@dataclass(frozen=True)
class Buckets:
    """The buckets of a series: their edges, and which of them may still change by themselves."""

    edges: Sequence[datetime]
    provisional: Sequence[bool]

    @classmethod
    def of(cls, edges: Sequence[datetime], fresh: Freshness) -> "Buckets":
        """Look at each bucket once, however many groups there are."""
        return cls(edges, fresh.provisional_between(edges))

    @cached_property
    def start(self) -> Sequence[datetime]:
        return self.edges[:-1]

    @cached_property
    def end(self) -> Sequence[datetime]:
        return self.edges[1:]

    def __len__(self) -> int:
        return len(self.edges) - 1


class Points(Columnar[MetricPoint]):
    """One group's points; a bucket without rows has no value. `hidden` are the buckets that must not be told."""

    def __init__(self, figures: Sequence[Figure | None], buckets: Buckets, hidden: Set[int]) -> None:
        self._figures = figures
        self._told = [None if place in hidden else known for place, known in enumerate(figures)] if hidden else figures
        self._buckets = buckets
        self._hidden = hidden

    def __len__(self) -> int:
        return len(self._figures)

    @overload
    def __getitem__(self, place: int) -> MetricPoint: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[MetricPoint]: ...
    def __getitem__(self, place: int | slice) -> MetricPoint | Sequence[MetricPoint]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return MetricPoint(**{name: self.column(name)[place] for name in MetricPoint.__slots__})

    def column(self, name: str) -> Sequence[Any]:
        column: Sequence[Any] = getattr(self._buckets if name in _OF_BUCKETS else self, name)
        return column

    @cached_property
    def value(self) -> Sequence[float | None]:
        return [None if known is None else known.value for known in self._told]

    @cached_property
    def sample_size(self) -> Sequence[int]:
        return [0 if known is None else known.n for known in self._figures]

    @cached_property
    def low(self) -> Sequence[float | None]:
        return [None if interval is None else interval.low for interval in self._intervals]

    @cached_property
    def high(self) -> Sequence[float | None]:
        return [None if interval is None else interval.high for interval in self._intervals]

    @cached_property
    def _intervals(self) -> Sequence[Interval | None]:
        return [None if known is None else known.interval for known in self._told]

    @cached_property
    def suppressed(self) -> Sequence[bool]:
        return [place in self._hidden for place in range(len(self))]
