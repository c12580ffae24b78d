"""How a column is written as JSON by PostgreSQL, so that it reads as if its scalar had written it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from graphql import GraphQLEnumType, GraphQLLeafType, GraphQLList, GraphQLNonNull, GraphQLOutputType
from graphql.type import is_leaf_type

from cxplatform.graphql.planner.refusals import NotPlanned

# Stands in JSON where a value is not of its type. No column holds this character, and a text that spells it out has
# its backslash doubled.
UNFIT: Final = r'"\u0000"'
_UNFIT = f"'{UNFIT}'::json"

Write = Callable[[str], str]


def leaf(output: GraphQLOutputType, field: "models.Field[Any, Any]", column: str) -> str:
    """Write a column as a field of this type; UNFIT, where it is not of it. Raises: NotPlanned."""
    required, inner = _unwrapped(output)
    if isinstance(inner, GraphQLList):
        written = _list(inner, field, column)
    elif is_leaf_type(inner):
        written = _leaf(inner, field, column)
    else:
        raise NotPlanned(str(output))
    return fitting(f"{column} IS NOT NULL", written) if required and field.null else written


def fitting(condition: str, written: str) -> str:
    """Write a value where it fits its type, and UNFIT where it does not."""
    return f"CASE WHEN {condition} THEN to_json({written}) ELSE {_UNFIT} END"


def _unwrapped(output: GraphQLOutputType) -> tuple[bool, GraphQLOutputType]:
    return (True, output.of_type) if isinstance(output, GraphQLNonNull) else (False, output)


def _leaf(output: GraphQLLeafType, field: "models.Field[Any, Any]", column: str) -> str:
    if isinstance(output, GraphQLEnumType):
        return _enum(output, field, column)
    kinds, write = _WRITTEN.get(output.name, _NEVER)
    if not isinstance(field, kinds) or (output.name == "Int" and isinstance(field, models.BigIntegerField)):
        raise NotPlanned(f"{output.name} of {type(field).__name__}")
    return write(column)


def _enum(output: GraphQLEnumType, field: "models.Field[Any, Any]", column: str) -> str:
    """Write a stored choice, which a constraint keeps among those there are, where each is called as it is stored."""
    stored = {str(value) for value, _ in field.flatchoices}
    if not stored or not stored <= {name for name, value in output.values.items() if _stored(value.value) == name}:
        raise NotPlanned(output.name)
    return column


def _stored(value: object) -> str:
    return str(getattr(value, "value", value))


def _list(output: "GraphQLList[Any]", field: "models.Field[Any, Any]", column: str) -> str:
    required, inner = _unwrapped(output.of_type)
    if not isinstance(field, ArrayField) or not is_leaf_type(inner):
        raise NotPlanned(str(output))
    item = _leaf(inner, field.base_field, "v")
    if required:
        item = fitting("v IS NOT NULL", item)
    items = f"json_agg({item} ORDER BY place) FROM unnest({column}) WITH ORDINALITY AS item(v, place)"
    return f"CASE WHEN {column} IS NOT NULL THEN coalesce((SELECT {items}), '[]') END"


def _as_it_is(column: str) -> str:
    return column


def _as_text(column: str) -> str:
    return f"{column}::text"


def _finite(column: str) -> str:
    """Write a number; neither NaN nor infinity, less itself, is zero."""
    return fitting(f"({column} - {column} = 0) IS NOT FALSE", column)


_TEXT = (models.CharField, models.TextField)
_Written = tuple[tuple[type["models.Field[Any, Any]"], ...], Write]
_NEVER: _Written = ((), _as_it_is)
_WRITTEN: dict[str, _Written] = {
    "String": (_TEXT, _as_it_is),
    "CurrencyCode": (_TEXT, _as_it_is),
    "Boolean": ((models.BooleanField,), _as_it_is),
    "Int": ((models.IntegerField,), _as_it_is),
    "BigInt": ((models.IntegerField,), _as_it_is),
    "Float": ((models.FloatField,), _finite),
    "Decimal": ((models.DecimalField,), _as_text),
    "Date": ((models.DateField,), _as_it_is),
    "DateTime": ((models.DateTimeField,), _as_it_is),
    "JSON": ((models.JSONField,), _as_it_is),
}
