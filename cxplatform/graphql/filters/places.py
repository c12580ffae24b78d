"""What a filter or an order names: a field of a node type as declared there, with its permission."""

from typing import Any, NamedTuple, cast

from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryContainer
from strawberry.types.field import StrawberryField

from cxplatform.graphql.columns import ColumnSpec, RelationSpec, spec_of
from cxplatform.graphql.nodes import Stored


class Relation(NamedTuple):
    """One row of `target`, or any of several: where its `columns` equal this row's `attributes`."""

    target: type[Stored]
    attributes: tuple[str, ...]
    columns: tuple[str, ...]


def permission_of(node: type[Stored], column: str) -> str | None:
    """Return what it takes to read a column of a node type. Raises: TypeError, if it has no such column."""
    spec = spec_of(_field(node, column))
    if not isinstance(spec, ColumnSpec):
        raise TypeError(f"{node.__name__}.{column} is no column.")
    return spec.requires


def relation_of(node: type[Stored], name: str) -> Relation:
    """Return where a relation or a connection of a node type leads. Raises: TypeError, if it has no such."""
    field = _field(node, name)
    spec: Any = spec_of(field)
    children = getattr(spec, "node", None)
    if isinstance(children, type):
        return Relation(children, spec.attributes, spec.columns)
    if not isinstance(spec, RelationSpec):
        raise TypeError(f"{node.__name__}.{name} is no relation.")
    target = field.type
    while isinstance(target, StrawberryContainer):
        target = target.of_type
    return Relation(cast(type[Stored], target), spec.attributes or (f"{name}_id",), spec.columns)


def is_nullable(node: type[Stored], column: str) -> bool:
    """Tell whether a column may be unknown."""
    return bool(node.model()._meta.get_field(column).null)


def _field(node: type[Stored], name: str) -> StrawberryField:
    for field in get_object_definition(node, strict=True).fields:
        if field.python_name == name:
            return field
    raise TypeError(f"{node.__name__} has no field {name}.")
