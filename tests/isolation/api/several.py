"""Many values given to one input of a filter in one try, which finds what any of them finds."""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLSchema, get_named_type

from cxplatform.graphql.filters.bounds import MAX_GROUPS
from tests.isolation.api.documents import Several, root_of


def given_at_once(
    schema: GraphQLSchema, kind: str, name: str, path: str, values: Sequence[Any]
) -> Iterator[dict[str, Several]]:
    """Yield what to give, by the input's path, so that each value is in one of them; nothing where each goes alone.

    A list in a filter is given all of them. Else they stand beside each other in the OR of the filter above the input.
    """
    argument, *inside = path.split(".")
    taken = root_of(schema, kind).fields[name].args[argument].type
    above = [argument]
    while isinstance(named := get_named_type(taken), GraphQLInputObjectType) and inside:
        if "OR" in named.fields and not _is_list(named, inside):
            # Each is a group, and so is every related row it speaks of.
            at_once = (MAX_GROUPS - 1) // len(inside)
            for start in range(0, len(values), at_once):
                some = values[start : start + at_once]
                yield {".".join([*above, "OR"]): Several(_nested(inside, value) for value in some)}
            return
        above.append(inside[0])
        taken = named.fields[inside.pop(0)].type
    if "where" in above and _bare(taken):
        yield {path: Several(values)}


def _is_list(named: GraphQLInputObjectType, inside: list[str]) -> bool:
    type_: Any = named
    for part in inside:
        type_ = get_named_type(type_).fields[part].type
    return _bare(type_)


def _bare(type_: Any) -> bool:
    return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)


def _nested(inside: Sequence[str], value: Any) -> Any:
    return {inside[0]: _nested(inside[1:], value)} if inside else value
