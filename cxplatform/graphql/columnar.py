"""Lists of values, read by column: a chart's points are eight columns, not thousands of objects."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar, overload

import msgspec
import orjson
from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType

from cxplatform.graphql.leaves import writer_of
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.relations import ReadColumn

T = TypeVar("T")
# The fields selected of a type, by their names in the answer, with graphql-core's details of each.
Selected = dict[str, Any]
# What is selected below a field, by its type and its details.
Collect = Callable[[GraphQLObjectType, Any], Selected]


class Columnar(Sequence[T]):
    """A list that can also be read a column at a time, by the attribute's name.

    `is_plain`: all that its columns are written as is text, numbers, truth and nothing.
    """

    is_plain: ClassVar[bool] = False

    @abstractmethod
    def column(self, name: str) -> Sequence[Any]:
        """Return one attribute of all values, in order."""

    def written(self, name: str) -> Sequence[Any] | None:
        """Return a column that is kept as JSON already; None for one that must be written."""
        return None


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
    rows: Columnar[Any], item_type: GraphQLObjectType, selected: Selected, collect: Collect
) -> list[dict[str, Any]] | orjson.Fragment | None:
    """Return what a selection of plain columns shows of the rows; None where graphql-core must look at each itself.

    What is plain is JSON already: a thousand dicts are built and written in several times as long.
    """
    try:
        columns = _columns(rows, item_type, selected, collect)
    except NotPlanned:
        return None
    if not rows.is_plain:
        return _rows(columns)
    return orjson.Fragment(msgspec.json.encode(list(map(_struct(tuple(columns)), *columns.values()))))


@lru_cache(maxsize=256)
def _struct(names: tuple[str, ...]) -> type[msgspec.Struct]:
    """Return a type whose values are written as an object of these names, which need not be Python's."""
    fields = [f"_{place}" for place in range(len(names))]
    return msgspec.defstruct("Shown", fields, rename=dict(zip(fields, names, strict=True)), gc=False)


def _columns(
    rows: Columnar[Any], item_type: GraphQLObjectType, selected: Selected, collect: Collect
) -> dict[str, Sequence[Any]]:
    """Return every selected field of all rows as JSON. Raises: NotPlanned."""
    return {name: _written(rows, item_type, details, collect) for name, details in selected.items()}


def _rows(columns: dict[str, Sequence[Any]]) -> list[dict[str, Any]]:
    names = tuple(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _written(rows: Columnar[Any], item_type: GraphQLObjectType, details: Any, collect: Collect) -> Sequence[Any]:
    """Return a field of all rows as JSON. Raises: NotPlanned, for what is no plain column."""
    name = details[0].node.name.value
    if name == "__typename":
        return [item_type.name] * len(rows)
    field = item_type.fields[name]
    if not isinstance(field.resolve, ReadColumn) or field.resolve.requires is not None:
        raise NotPlanned(name)
    kept = rows.written(field.resolve.attribute)
    if kept is not None:
        return kept
    return _writer(field, details, collect)(rows.column(field.resolve.attribute))


def _writer(field: GraphQLField, details: Any, collect: Collect) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return how a field's column is written. Raises: NotPlanned."""
    required = isinstance(field.type, GraphQLNonNull)
    inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if not isinstance(inner, GraphQLObjectType):
        return writer_of(field.type)
    selected = collect(inner, details)

    def write(values: Sequence[Any]) -> Sequence[Any]:
        present = [value for value in values if value is not None]
        if required and len(present) < len(values):
            raise NotPlanned("null where there must be a value")
        shown = iter(_rows(_columns(Listed(present), inner, selected, collect)))
        return [None if value is None else next(shown) for value in values]

    return write
