"""Selections drawn from the schema itself: any field, below connections and relations, with arguments good and bad."""

from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLOutputType, get_named_type
from hypothesis import strategies as st

from cxplatform.graphql.schema import served_schema

ROOTS = ("customers", "interactions", "surveyResponses", "surveys")
_VARIABLES = {"size": "Int", "yes": "Boolean!", "no": "Boolean!"}
# Good ones more often than bad ones, for one bad one is enough to leave the plan.
_PAGING = (
    *["(first: 2)", "(last: 2)", "(first: $size)", "(last: $size)", "", "(first: 1)"] * 4,
    "(first: 0)",
    "(first: 1, last: 1)",
    '(after: "not a cursor")',
)
_CONDITIONS = (*[""] * 20, " @include(if: $yes)", " @skip(if: $yes)", " @include(if: $no)", " @skip(if: $no)")


@st.composite
def documents(draw: Any) -> str:
    """Draw an operation of one or two root connections."""
    roots = draw(st.lists(st.sampled_from(ROOTS), min_size=1, max_size=2, unique=True))
    query = served_schema().core.query_type
    assert query is not None
    fields = " ".join(_field(draw, name, query.fields[name], 5, "") for name in roots)
    used = [f"${name}: {kind}" for name, kind in _VARIABLES.items() if f"${name}" in fields]
    return f"query {'(' + ', '.join(used) + ')' if used else ''} {{ {fields} }}"


def _field(draw: Any, name: str, field: GraphQLField, depth: int, alias: str) -> str:
    paging = draw(st.sampled_from(_PAGING)) if "first" in field.args else ""
    return f"{alias}{name}{paging}{draw(st.sampled_from(_CONDITIONS))}{_below(draw, field.type, depth)}"


def _below(draw: Any, output: GraphQLOutputType, depth: int) -> str:
    named = get_named_type(output)
    if not isinstance(named, GraphQLObjectType):
        return ""
    leaves = [name for name, field in named.fields.items() if not _is_object(field)]
    deeper = [name for name, field in named.fields.items() if _is_object(field)] if depth else []
    # A connection is there for its items.
    some = [name for name in ("nodes", "edges", "node") if name in deeper]
    names = draw(st.lists(st.sampled_from([*leaves, *deeper, *deeper, *some]), max_size=5, unique=True))
    chosen = [_field(draw, name, named.fields[name], depth - 1, "") for name in dict.fromkeys([*names, *some[:1]])]
    twice = names[:1] if draw(st.integers(0, 5)) == 0 else []
    again = [_field(draw, name, named.fields[name], depth - 1, "again: ") for name in twice]
    return " { " + " ".join(["__typename", *chosen, *again]) + " }"


def _is_object(field: GraphQLField) -> bool:
    return isinstance(get_named_type(field.type), GraphQLObjectType)
