"""What leaves the schema is announced first, in one form: until when it stays, and what to use instead."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    resolve_schema_coordinate,
)

_FORM: Final = re.compile(r"Until (\d{4}-\d\d-\d\d); use (\S+)\.")


def until(day: str, *, use: str) -> str:
    """Write a `deprecation_reason`; `use` is the schema coordinate of what replaces it, such as `Customer.name`.

    Raises: ValueError, for what is no day.
    """
    return f"Until {date.fromisoformat(day)}; use {use}."


def broken_deprecations(schema: GraphQLSchema, today: date) -> list[str]:
    """List the deprecations that say no day and replacement, replace by what is not there, or are past their day."""
    return [
        f"{place}: {fault}"
        for place, reason in _deprecated(schema)
        if (fault := _fault(schema, reason, today)) is not None
    ]


def _fault(schema: GraphQLSchema, reason: str, today: date) -> str | None:
    said = _FORM.fullmatch(reason)
    if said is None:
        return "write it with until()"
    if resolve_schema_coordinate(schema, said[2]) is None:
        return f"there is no {said[2]}"
    if date.fromisoformat(said[1]) <= today:
        return f"its day was {said[1]}: remove it or give it more time"
    return None


def _deprecated(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    for named in schema.type_map.values():
        if isinstance(named, GraphQLEnumType):
            places = [(f"{named.name}.{name}", value.deprecation_reason) for name, value in named.values.items()]
        elif isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            places = [(f"{named.name}.{name}", field.deprecation_reason) for name, field in named.fields.items()]
            places += [
                (f"{named.name}.{name}({key}:)", argument.deprecation_reason)
                for name, field in named.fields.items()
                for key, argument in field.args.items()
            ]
        elif isinstance(named, GraphQLInputObjectType):
            places = [(f"{named.name}.{name}", given.deprecation_reason) for name, given in named.fields.items()]
        else:
            continue
        yield from ((place, reason) for place, reason in places if reason is not None)
