"""The points of a series and the cells of a heatmap, complete, with what must be hidden hidden. Kept by column."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar, overload

from apps.metrics.answers import HeatmapCell, MetricPoint
from apps.metrics.clock import WEEK_HOURS
from apps.metrics.figure_columns import Column, FigureColumns
from apps.metrics.freshness import Freshness
from cxplatform.graphql.columnar import Columnar

_DAY_HOURS = 24
_WEEKDAYS = [hour // _DAY_HOURS + 1 for hour in range(WEEK_HOURS)]
_HOURS = [hour % _DAY_HOURS for hour in range(WEEK_HOURS)]
# What may be written as it is, where its numbers fit; and anyway.
_NUMBERS = {"value", "low", "high", "sample_size"}
_PLAIN = {"provisional", "suppressed", "weekday", "hour"}

Shown = TypeVar("Shown", MetricPoint, HeatmapCell)


class _Told(Columnar[Shown], Generic[Shown]):
    """Numbers by column; `hidden` are the places of those that must not be told, nor `counted` in blocks."""

    is_plain = True
    made: type[Shown]

    def __init__(self, figures: FigureColumns, hidden: Set[int], *, counted: bool = True) -> None:
        self._figures = figures
        self._hidden = hidden
        self.value = self._shown(figures.value)
        self.sample_size = figures.sample_size if counted else self._counted(figures.sample_size)

    def __len__(self) -> int:
        return len(self.sample_size)

    @overload
    def __getitem__(self, place: int) -> Shown: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Shown]: ...
    def __getitem__(self, place: int | slice) -> Shown | Sequence[Shown]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        return self.made(**{name: self.column(name)[place] for name in self.made.__slots__})

    def column(self, name: str) -> Sequence[Any]:
        column: Sequence[Any] = getattr(self, name)
        return column

    def written(self, name: str) -> Sequence[Any] | None:
        return self.column(name) if name in _PLAIN or (name in _NUMBERS and self._figures.fits) else None

    @cached_property
    def suppressed(self) -> Sequence[bool]:
        return [place in self._hidden for place in range(len(self))] if self._hidden else [False] * len(self)

    def _counted(self, sizes: Sequence[int]) -> Sequence[int]:
        return [0 if place in self._hidden else size for place, size in enumerate(sizes)]

    def _shown(self, column: Column) -> Column:
        if not self._hidden:
            return column
        return [None if place in self._hidden else known for place, known in enumerate(column)]


@dataclass(frozen=True)
class Buckets:
    """The buckets of a series: their edges, and which of them may still change by themselves."""

    edges: tuple[datetime, ...]
    provisional: Sequence[bool]

    @classmethod
    def of(cls, edges: tuple[datetime, ...], fresh: Freshness, *, stock: bool) -> "Buckets":
        """Look at each bucket once, however many groups there are."""
        return cls(edges, fresh.provisional_between(edges, stock=stock))

    def __len__(self) -> int:
        return len(self.edges) - 1


class Points(_Told[MetricPoint]):
    """One group's points; a bucket without rows has no value."""

    made = MetricPoint

    def __init__(self, figures: FigureColumns, buckets: Buckets, hidden: Set[int], *, counted: bool = True) -> None:
        super().__init__(figures, hidden, counted=counted)
        self._edges = buckets.edges
        self.provisional = buckets.provisional

    def written(self, name: str) -> Sequence[Any] | None:
        if name == "start":
            return _written(self._edges)[:-1]
        return _written(self._edges)[1:] if name == "end" else super().written(name)

    @property
    def start(self) -> Sequence[datetime]:
        return self._edges[:-1]

    @property
    def end(self) -> Sequence[datetime]:
        return self._edges[1:]

    @cached_property
    def low(self) -> Column:
        return self._shown(self._ends[0])

    @cached_property
    def high(self) -> Column:
        return self._shown(self._ends[1])

    @cached_property
    def _ends(self) -> tuple[Column, Column]:
        return self._figures.ends()


class Cells(_Told[HeatmapCell]):
    """The hours of the week, from Monday's first."""

    made = HeatmapCell
    weekday = _WEEKDAYS
    hour = _HOURS


@lru_cache(maxsize=32)  # dashboards ask for the same windows all day
def _written(moments: tuple[datetime, ...]) -> Sequence[str]:
    """Return instants as answers tell them."""
    return [moment.isoformat() for moment in moments]
