"""A fact: a table of events, what its rows can be cut by, and which cuts are kept as rollups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from apps.metrics.definitions.parts import Component, Measure
from apps.metrics.definitions.vocabulary import DimensionKey

Shape = tuple[DimensionKey, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The table whose id a dimension's column holds, and where people's words for it are."""

    table: str
    key: str = "key"
    label: str = "key"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to group and filter by; `join` names what the rows must be joined to first."""

    key: DimensionKey
    column: str
    names: Names | None = None
    join: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A table of events as metrics see it. All SQL in it is constant, over the alias `f`.

    `table` and `moment` name the events and when they happened; `source` is what the rows are read from. It
    may use the bound parameters near_start and near_end: the span asked for, widened by `reach` on both
    sides, for facts whose rows look at their neighbours. A row is *mature* once `reach` has passed after its
    local day, and `ripens` where what is to become of it takes time. Shapes (two dimensions at most) only
    hold columns of the row itself: what hangs on another row, such as a customer's segment, would go stale
    in a rollup when that row changes.
    `known_by` is the table's column for the moment by which a row is known of, and `later` are aggregates over the
    table of what may lie later than that, where `moment` is none of its columns. A fact of comings and goings also
    says what its rows `standing` at the bound standing_at are read from. `elaborate` is the source with columns that
    are dear to work out, for the components that need them.
    A `spanned` fact has a row for everybody in every span asked for, and its `moment` is the span's start: its source
    reads the bound arrays since and until. Nothing of it adds up over time, so nothing of it is kept: ADR 19.
    An `unkept` fact is additive, but its rows ripen each at its own moment: no day of it is ever made for good, so it
    is read from the rows too.
    Below `minimum_private` rows, numbers by one of the `private` dimensions are hidden. What single people said is told
    by segment `in_blocks` to whoever may not see it row by row.
    """

    key: str
    description: str
    topic: str
    table: str
    moment: str
    source: str
    dimensions: tuple[Dimension, ...]
    shapes: tuple[Shape, ...]
    histogram_shapes: tuple[Shape, ...] = ((),)
    joins: Mapping[str, str] = field(default_factory=dict)
    reach: timedelta = timedelta(0)
    ripens: timedelta = timedelta(0)
    known_by: str = ""
    later: tuple[str, ...] = ()
    standing: str = ""
    elaborate: str = ""
    spanned: bool = False
    unkept: bool = False
    private: frozenset[DimensionKey] = frozenset()
    minimum_private: int = 5
    in_blocks: bool = False

    @property
    def time(self) -> str:
        """Return the column that says when a row happened."""
        return f"f.{self.moment}"

    @property
    def matures_after(self) -> timedelta:
        """Return how long after its local day a row is mature; nothing for one that is at once."""
        return max(self.reach, self.ripens)

    def source_for(self, parts: Iterable[Component | Measure]) -> str:
        """Return what the rows are read from, for what is counted of them."""
        return self.elaborate if any(part.elaborate for part in parts) else self.source

    def dimension(self, key: DimensionKey) -> Dimension | None:
        """Return the dimension, or None where this fact cannot be cut by it."""
        return next((dimension for dimension in self.dimensions if dimension.key is key), None)

    def covering(self, wanted: frozenset[DimensionKey]) -> Shape | None:
        """Return the smallest shape that holds all these dimensions, None where no shape does."""
        fitting = [shape for shape in self.shapes if wanted <= set(shape)]
        return min(fitting, key=len, default=None)
