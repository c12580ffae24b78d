"""The GROUPING SETS by which several shapes of a fact are made in one pass over its rows."""

from apps.metrics.definitions.facts.fact import Fact, Shape
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.statements import group


class GroupingSets:
    """The grouping sets of some shapes, made in one pass over the rows."""

    def __init__(self, fact: Fact, shapes: tuple[Shape, ...]) -> None:
        self._fact = fact
        self._shapes = shapes
        self._keys: list[DimensionKey] = sorted({key for shape in shapes for key in shape})

    @property
    def grouped(self) -> str:
        """Return the day's number and every dimension's group, as columns."""
        columns = [f"{group(self._fact.dimension(key))} AS by_{key}" for key in self._keys]
        return ", ".join([f"width_bucket({self._fact.time}, %(starts)s::timestamptz[]) AS bucket", *columns])

    def sets(self, always: str) -> str:
        """Return one grouping set a shape."""
        return ", ".join("(" + ", ".join([always, *(f"by_{key}" for key in shape)]) + ")" for shape in self._shapes)

    @property
    def number(self) -> str:
        """Return the number, among all of the fact's, of the shape a group belongs to."""
        return self._case([str(self._fact.shapes.index(shape)) for shape in self._shapes])

    def column(self, position: int) -> str:
        """Return a shape's first or second dimension, "" where it has none."""
        return self._case([f"by_{shape[position]}" if len(shape) > position else "''" for shape in self._shapes])

    def _case(self, values: list[str]) -> str:
        if not self._keys:
            return values[0]
        mask = f"GROUPING({', '.join(f'by_{key}' for key in self._keys)})"
        cases = zip(self._shapes, values, strict=True)
        whens = " ".join(f"WHEN {self._mask(shape)} THEN {value}" for shape, value in cases)
        return f"CASE {mask} {whens} END"

    def _mask(self, shape: Shape) -> int:
        """Return what GROUPING says in this shape's set: a bit for each dimension that is not in it."""
        return sum(1 << bit for bit, key in enumerate(reversed(self._keys)) if key not in shape)
