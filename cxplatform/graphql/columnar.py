"""Long lists of small values, read by column: a chart's points are eight columns, not thousands of objects."""

from abc import abstractmethod
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, TypeVar, overload

from graphql import GraphQLObjectType

from cxplatform.graphql.planner.leaves import writer_of
from cxplatform.graphql.planner.rows import NotPlanned
from cxplatform.graphql.relations import ReadColumn

T = TypeVar("T")


class Columnar(Sequence[T]):
    """A list that can also be read a column at a time, by the attribute's name."""

    @abstractmethod
    def column(self, name: str) -> Sequence[Any]:
        """Return one attribute of all values, in order."""


class Listed(Columnar[T]):
    """Values that are there already."""

    def __init__(self, values: Sequence[T]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._values[place]

    def column(self, name: str) -> Sequence[Any]:
        return list(map(attrgetter(name), self._values))


def shown_by_columns(
    rows: Columnar[Any], item_type: GraphQLObjectType, grouped_field_set: dict[str, Any]
) -> list[dict[str, Any]] | None:
    """Return what a selection of plain columns shows of the rows; None where graphql-core must look at each itself."""
    try:
        written = {
            name: _written(rows, item_type, details[0].node.name.value) for name, details in grouped_field_set.items()
        }
    except NotPlanned:
        return None
    names = tuple(written)
    return [dict(zip(names, row, strict=True)) for row in zip(*written.values(), strict=True)]


def _written(rows: Columnar[Any], item_type: GraphQLObjectType, field_name: str) -> Sequence[Any]:
    """Return a field of all rows as JSON. Raises: NotPlanned, for what is no plain column."""
    if field_name == "__typename":
        return [item_type.name] * len(rows)
    field = item_type.fields[field_name]
    if not isinstance(field.resolve, ReadColumn) or field.resolve.requires is not None:
        raise NotPlanned(field_name)
    return writer_of(field.type)(rows.column(field.resolve.attribute))
