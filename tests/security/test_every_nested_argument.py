"""Every argument of every field below the root, and every subscription, given the worst value of each class.

What stands in a filter is tried at one leaf of each operator and type. The ways to the fields are found in the schema.
"""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType, get_named_type

from cxplatform.errors import BadInput
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import look
from cxplatform.graphql.requests import GraphQLRequest, request_of_body
from tests import cluster
from tests.isolation.api.asking import ids_of_nodes
from tests.isolation.api.documents import Operation, Values, codes_of, together
from tests.security.hostile_values import NEVER, worst
from tests.security.test_every_leaf import (
    FIELDS,
    OURS,
    REQUIRED,
    SCALARS,
    SCHEMA,
    _without_throttle,
    answered,
    leaves,
    leaves_of,
    token,
)

__all__ = ["_without_throttle", "token"]
assert SCHEMA.subscription_type is not None
SUBSCRIPTIONS = SCHEMA.subscription_type.fields
_AT_ONCE = 10


@dataclass(frozen=True)
class Way:
    """How to reach an object: what is written before it, and what the fields on the way are given."""

    opened: str = ""
    given: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def through(self, name: str, definition: GraphQLField, on: str = "") -> "Way":
        calls, given = [], dict(self.given)
        for argument, its in definition.args.items():
            if argument == "first":
                calls.append("first: 1")
            elif isinstance(its.type, GraphQLNonNull):
                variable = f"w{len(given)}"
                given[variable] = str(its.type), Values(SCALARS, {}, REQUIRED).of(its.type, argument)
                calls.append(f"{argument}: ${variable}")
        call = f"({', '.join(calls)})" if calls else ""
        return Way(f"{self.opened} {{ {name}{call}{f' {{ ... on {on}' if on else ''}", given)


@pytest.fixture(scope="module")
def ways(token: str) -> dict[str, Way]:
    """Find a way to every object type: an object of its own by `node`, else the shortest."""
    nodes = {name: f'{{ node(id: "{identity}") {{ ... on {name}' for name, identity in ids_of_nodes(cluster.ACME)}
    reached = {**{name: Way(opened) for name, opened in nodes.items()}, "Query": Way()}
    pending = list(reached)
    for name in pending:
        fields = SCHEMA.type_map[name].fields.items()  # type: ignore[attr-defined]  # only objects are reached
        for child, definition in sorted(fields, key=lambda item: len(item[1].args)):
            named = get_named_type(definition.type)
            members = SCHEMA.get_possible_types(named) if hasattr(named, "types") else [named]
            for member in members:
                if isinstance(member, GraphQLObjectType) and member.name not in reached:
                    on = "" if member is named else member.name
                    reached[member.name] = reached[name].through(child, definition, on)
                    pending.append(member.name)
    return reached


TARGETS = [
    (name, child) for name, type_ in sorted(SCHEMA.type_map.items())
    if isinstance(type_, GraphQLObjectType) and not name.startswith("__")
    and type_ not in (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    for child, definition in sorted(type_.fields.items()) if definition.args
]  # fmt: skip


def worst_of(definition: GraphQLField) -> list[Values]:
    """Give one leaf of each operator and type the worst values of its type."""
    chosen: dict[tuple[str, str], str] = {}
    for argument, its in definition.args.items():
        for path, type_ in leaves_of(its.type, argument, ()):
            chosen.setdefault((path.rsplit(".", 1)[-1], type_), path)
    return [
        Values(SCALARS, {path: value}, REQUIRED)
        for (_, type_), path in chosen.items()
        for value in worst(type_.strip("[]!"))
    ]


def below(way: Way, name: str, definition: GraphQLField, many: list[Values]) -> Operation:
    """Ask a field at the end of a way as often as there are values."""
    heads = [f"${variable}: {type_}" for variable, (type_, _) in way.given.items()]
    variables = {variable: value for variable, (_, value) in way.given.items()}
    calls = []
    for number, values in enumerate(many):
        texts = list(values.texts)
        given = []
        for argument, its in definition.args.items():
            if isinstance(its.type, GraphQLNonNull) or any(path.split(".")[0] == argument for path in texts):
                heads.append(f"${argument}{number}: {its.type}")
                variables[f"{argument}{number}"] = values.of(its.type, argument)
                given.append(f"{argument}: ${argument}{number}")
        leaf = isinstance(get_named_type(definition.type), GraphQLScalarType | GraphQLEnumType)
        calls.append(f"a{number}: {name}({', '.join(given)}){'' if leaf else ' { __typename }'}")
    opened = f"{way.opened} {{ {' '.join(calls)} }}"
    closing = " }" * (opened.count("{") - opened.count("}"))
    head = f"({', '.join(heads)})" if heads else ""
    return Operation(name, f"query Try{head}{opened}{closing}", variables)


@pytest.mark.parametrize("owner", sorted({owner for owner, _ in TARGETS}))
def test_no_worst_value_of_an_argument_below_the_root_is_our_fault(
    token: str, ways: dict[str, Way], owner: str
) -> None:
    for name in [child for its, child in TARGETS if its == owner]:
        definition = SCHEMA.type_map[owner].fields[name]  # type: ignore[attr-defined]  # targets are of objects
        many = worst_of(definition)
        for start in range(0, len(many), _AT_ONCE):
            ask(token, ways[owner], name, definition, many[start : start + _AT_ONCE])


def ask(token: str, way: Way, name: str, definition: GraphQLField, many: list[Values]) -> None:
    """Ask all at once, and see that each was; where one is refused for all of them, in halves."""
    answer = answered(token, below(way, name, definition, many))
    if "data" in answer:
        told = json.dumps(answer)
        assert [number for number in range(len(many)) if f'"a{number}"' not in told] == [], (way, name, told)
    elif len(many) > 1:
        ask(token, way, name, definition, many[: len(many) // 2])
        ask(token, way, name, definition, many[len(many) // 2 :])


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_no_worst_value_of_a_subscription_is_our_fault(token: str, name: str) -> None:
    for values in worst_of(SUBSCRIPTIONS[name]) or [Values(SCALARS, {}, REQUIRED)]:
        made = together(SCHEMA, "subscription", name, [values], selected(SUBSCRIPTIONS[name]))
        request = GraphQLRequest(made.document, made.variables, None)

        seen = look(request, Credential(f"Bearer {token}", cluster.ACME.slug, None))

        assert codes_of(json.loads(seen.body)).isdisjoint(OURS), (made.variables, seen.body)


def selected(definition: GraphQLField) -> str:
    named = get_named_type(definition.type)
    return "" if isinstance(named, GraphQLScalarType | GraphQLEnumType) else " { __typename }"


@pytest.mark.parametrize("value", NEVER, ids=["NUL", "surrogate", "NaN", "infinity", "huge integer"])
def test_what_no_leaf_may_hold_is_refused_wherever_it_stands(value: Any) -> None:
    """No operation is looked at whose body holds it, in the web process and in the live one."""
    roots = [*FIELDS, *(("subscription", name) for name in SUBSCRIPTIONS)]
    for kind, name in roots:
        for path, _ in leaves(kind, name):
            made = together(SCHEMA, kind, name, [Values(SCALARS, {path: value}, REQUIRED)], "")
            body = json.dumps({"query": made.document, "variables": made.variables}).encode()

            with pytest.raises(BadInput):
                request_of_body(body)
