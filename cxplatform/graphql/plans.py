"""A selection planned once and read for every row: for each field, how to get its value without a resolver's call."""

from collections.abc import Callable
from typing import Any, Final

from graphql import GraphQLField, GraphQLLeafType, GraphQLNonNull, GraphQLObjectType
from graphql.type import is_leaf_type

from cxplatform.graphql.relations import ReadColumn, ReadGlobalId

# What a reader returns when it takes graphql-core to say what the value is, or what is wrong with it.
LEFT_TO_CORE: Final = object()

Reader = Callable[[Any], Any]
# The response name, how to read it, and graphql-core's details of the field.
Plan = list[tuple[str, Reader | None, Any]]


def plan_of(parent_type: GraphQLObjectType, grouped_field_set: dict[str, Any]) -> Plan:
    """Plan a selection of one type."""
    plan: Plan = []
    for name, details in grouped_field_set.items():
        field = parent_type.fields.get(details[0].node.name.value)
        plan.append((name, _reader(field) if field is not None else None, details))
    return plan


def _reader(field: GraphQLField) -> Reader | None:
    resolve = field.resolve
    if isinstance(resolve, ReadGlobalId):
        return resolve.read
    if not isinstance(resolve, ReadColumn) or resolve.requires is not None:
        return None
    required = isinstance(field.type, GraphQLNonNull)
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return _leaf_reader(leaf, resolve.attribute, required) if is_leaf_type(leaf) else None


def _leaf_reader(leaf: GraphQLLeafType, attribute: str, required: bool) -> Reader:
    write = leaf.coerce_output_value
    nothing = LEFT_TO_CORE if required else None
    plain: tuple[type, ...] = _WRITTEN_AS_THEY_ARE.get(leaf.name, ())

    def read(source: Any) -> Any:
        try:
            value = getattr(source, attribute)
            if value is None:
                return nothing
            return value if type(value) in plain else write(value)
        except Exception:  # noqa: BLE001  # raised again, and reported, on the ordinary path
            return LEFT_TO_CORE

    return read


_WRITTEN_AS_THEY_ARE: dict[str, tuple[type, ...]] = {"String": (str,), "ID": (str,), "Boolean": (bool,)}
