"""A fact: a table of events, what its rows can be cut by, and which cuts are kept as rollups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

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

    `source` may use the bound parameters near_start and near_end: the span asked for, widened by `reach`
    on both sides, for facts whose rows look at their neighbours. A row is *mature* once `reach` has passed
    after its local day. Shapes (two dimensions at most) only hold columns of the row itself: what hangs on
    another row, such as a customer's segment, would go stale in a rollup when that row changes.
    Below `minimum_private` rows, numbers by one of the `private` dimensions are hidden.
    """

    key: str
    description: str
    topic: str
    source: str
    time: str
    dimensions: tuple[Dimension, ...]
    shapes: tuple[Shape, ...]
    histogram_shapes: tuple[Shape, ...] = ((),)
    joins: Mapping[str, str] = field(default_factory=dict)
    reach: timedelta = timedelta(0)
    private: frozenset[DimensionKey] = frozenset()
    minimum_private: int = 5

    def dimension(self, key: DimensionKey) -> Dimension | None:
        """Return the dimension, or None where this fact cannot be cut by it."""
        return next((dimension for dimension in self.dimensions if dimension.key is key), None)
