"""How a whole column of values becomes JSON: looked at once by type, written one by one only where it must be."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import filterfalse
from math import isfinite
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType, GraphQLList, GraphQLNonNull, GraphQLOutputType
from graphql.type import is_leaf_type

from cxplatform.graphql.planner.refusals import NotPlanned

Values = Sequence[Any]
Write = Callable[[Values], Values]

_NONE = type(None)
# Values of these types are written as they are; orjson writes moments and days as their scalars do.
_PLAIN: dict[str, type] = {
    "String": str,
    "Boolean": bool,
    "Int": int,
    "BigInt": int,
    "Float": float,
    "DateTime": datetime,
    "Date": date,
}
_INT32 = range(-(2**31), 2**31)


def writer_of(output: GraphQLOutputType) -> Write:
    """Return how a column of this type is written. Raises: NotPlanned, for what is not a leaf or a list of leaves."""
    required, inner = _unwrapped(output)
    if isinstance(inner, GraphQLList):
        write = _lists(writer_of(inner.of_type))
    elif is_leaf_type(inner):
        write = _leaves(inner)
    else:
        raise NotPlanned(str(output))
    return _required(write) if required else write


def _unwrapped(output: GraphQLOutputType) -> tuple[bool, GraphQLOutputType]:
    return (True, output.of_type) if isinstance(output, GraphQLNonNull) else (False, output)


def _required(write: Write) -> Write:
    def checked(values: Values) -> Values:
        if None in values:
            raise NotPlanned("null where there must be a value")
        return write(values)

    return checked


def _lists(write: Write) -> Write:
    return lambda values: [None if value is None else write(value) for value in values]


def _leaves(leaf: GraphQLLeafType) -> Write:
    each = _enum_names(leaf) if isinstance(leaf, GraphQLEnumType) else _each(leaf)
    plain = _PLAIN.get(leaf.name)
    if plain is None:
        return each
    fits = _FITS.get(leaf.name)

    def write(values: Values) -> Values:
        if not set(map(type, values)) <= {plain, _NONE}:
            return each(values)
        return values if fits is None or all(map(fits, filterfalse(_is_none, values))) else each(values)

    return write


def _is_none(value: object) -> bool:
    return value is None


_FITS: dict[str, Callable[[Any], bool]] = {"Int": _INT32.__contains__, "Float": isfinite}


def _each(leaf: GraphQLLeafType) -> Write:
    write = leaf.coerce_output_value

    def write_all(values: Values) -> Values:
        try:
            return [None if value is None else write(value) for value in values]
        except Exception as error:
            raise NotPlanned(f"not a {leaf.name}") from error

    return write_all


def _enum_names(leaf: GraphQLEnumType) -> Write:
    write = _each(leaf)

    def write_all(values: Values) -> Values:
        distinct = list(set(values))
        names = dict(zip(distinct, write(distinct), strict=True))
        return [names[value] for value in values]

    return write_all
