"""Operations written from the schema itself, so that a field is tried from the day it is born."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

# Of selections: root, connection, node, relation.
MAX_DEPTH = 3


@dataclass(frozen=True)
class Operation:
    """One root field with arguments, ready to send; `filled` names the inputs that were given a value."""

    name: str
    document: str
    variables: dict[str, Any]
    filled: tuple[str, ...] = ()


class Several(tuple[Any, ...]):
    """What to give one input that takes a list: all of it at once."""


@dataclass
class Values:
    """What to give an input. `texts` override by the input's path, such as `where.queue`.

    `enums` override an enum's first value by the enum's name.
    """

    scalars: dict[str, Any]
    texts: dict[str, Any] = field(default_factory=dict)
    required: dict[str, Any] = field(default_factory=dict)
    enums: dict[str, str] = field(default_factory=dict)

    def of(self, type_: Any, path: str) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self.of(type_.of_type, path)
        if path in self.texts:
            given = self.texts[path]
            return _listed(given) if isinstance(type_, GraphQLList) else given
        if isinstance(type_, GraphQLList):
            return [self.of(type_.of_type, path)]
        if isinstance(type_, GraphQLEnumType):
            chosen = self.enums.get(type_.name) or self.required.get(path.rsplit(".", 1)[-1])
            return chosen or next(iter(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_, path)
        name = path.rsplit(".", 1)[-1]
        return self.required.get(name, self.scalars[type_.name])

    def _object(self, type_: GraphQLInputObjectType, path: str) -> dict[str, Any]:
        wanted = {
            name: input_field
            for name, input_field in type_.fields.items()
            if isinstance(input_field.type, GraphQLNonNull)
            or any(key == f"{path}.{name}" or key.startswith(f"{path}.{name}.") for key in self.texts)
        }
        return {name: self.of(input_field.type, f"{path}.{name}") for name, input_field in wanted.items()}


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, Several) else [given]


def operation(
    schema: GraphQLSchema, kind: str, name: str, values: Values, *, only: str | None = None, shown: str | None = None
) -> Operation:
    """Write the operation that asks one root field for all it can answer, or for what is `shown`.

    Of an abstract type it asks for `only` one.

    Required arguments are given; optional ones only where `values` names them.
    """
    root_field = root_of(schema, kind).fields[name]
    given = _given(root_field, values)
    heads = [f"${argument}: {root_field.args[argument].type}" for argument in given]
    calls = [f"{argument}: ${argument}" for argument in given]
    head = f"({', '.join(heads)})" if heads else ""
    call = f"({', '.join(calls)})" if calls else ""
    selected = shown or everything(schema, kind, name, only)
    document = f"{kind} Try{head} {{ {name}{call}{selected} }}"
    return Operation(name, document, given, tuple(values.texts))


@cache
def everything(schema: GraphQLSchema, kind: str, name: str, only: str | None = None) -> str:
    """Write the selection of all that a root field can answer."""
    # One thing alone begins a level lower than a list's: all below a contact is more than an operation may ask.
    return selection(schema, root_of(schema, kind).fields[name], 1 if only or kind == "subscription" else 0, only)


def together(schema: GraphQLSchema, kind: str, name: str, many: list[Values], shown: str) -> Operation:
    """Write one operation that asks a root field as often as there are values, under the aliases a0, a1 and so on.

    What is shown is written once, for all of them: to read it takes longer than to answer.
    """
    root_field = root_of(schema, kind).fields[name]
    fragment = f" fragment Shown on {get_named_type(root_field.type)}{shown}" if shown else ""
    spread = " { ...Shown }" if shown else ""
    heads, calls, variables = [], [], {}
    for number, values in enumerate(many):
        given = _given(root_field, values)
        heads += [f"${argument}{number}: {root_field.args[argument].type}" for argument in given]
        arguments = ", ".join(f"{argument}: ${argument}{number}" for argument in given)
        calls.append(f"a{number}: {name}{f'({arguments})' if arguments else ''}{spread}")
        variables |= {f"{argument}{number}": value for argument, value in given.items()}
    head = f"({', '.join(heads)})" if heads else ""
    return Operation(name, f"{kind} Try{head} {{ {' '.join(calls)} }}{fragment}", variables)


def gist(schema: GraphQLSchema, kind: str, name: str) -> str:
    """Write the selection that tells which rows a list found, or why a mutation refused; of all else, everything."""
    root_field = root_of(schema, kind).fields[name]
    named = get_named_type(root_field.type)
    fields = named.fields if isinstance(named, GraphQLObjectType) else {}
    if "edges" in fields:
        return " { edges { cursor } }"
    if "userErrors" in fields:
        # An export tells no rows, only how many it will have.
        counted = " exportJob { rowsAsked }" if "exportJob" in fields else ""
        return f" {{ __typename{counted} userErrors {{ code field message }} }}"
    return selection(schema, root_field)


def root_of(schema: GraphQLSchema, kind: str) -> GraphQLObjectType:
    return {"query": schema.query_type, "mutation": schema.mutation_type, "subscription": schema.subscription_type}[
        kind
    ]


def _given(root_field: GraphQLField, values: Values) -> dict[str, Any]:
    return {
        argument: values.of(definition.type, argument)
        for argument, definition in root_field.args.items()
        if isinstance(definition.type, GraphQLNonNull)
        or any(key == argument or key.startswith(f"{argument}.") for key in values.texts)
    }


def selection(schema: GraphQLSchema, owner: GraphQLField, depth: int = 0, only: str | None = None) -> str:
    """Write the selection of everything under a field, down to a bounded depth; of an abstract type, `only` one."""
    named = get_named_type(owner.type)
    if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
        possible = [type_ for type_ in schema.get_possible_types(named) if only in (None, type_.name)]
        parts = [f"... on {type_.name} {_fields(schema, type_, depth, possible)}" for type_ in possible]
        return " { __typename " + " ".join(parts) + " }"
    if isinstance(named, GraphQLObjectType):
        return " " + _fields(schema, named, depth, [named])
    return ""


def _fields(schema: GraphQLSchema, type_: GraphQLObjectType, depth: int, beside: list[GraphQLObjectType]) -> str:
    parts = ["__typename"]
    for name, child in type_.fields.items():
        if any(isinstance(argument.type, GraphQLNonNull) for argument in child.args.values()):
            continue
        leaf = isinstance(get_named_type(child.type), GraphQLScalarType | GraphQLEnumType)
        if leaf or (depth < MAX_DEPTH and len(beside) == 1 and name not in ("edges", "guardRail")):
            # Two possible types may give one name two types: an alias keeps them apart.
            types = {str(other.fields[name].type) for other in beside if name in other.fields}
            alias = f"{type_.name}_{name}: " if len(types) > 1 else ""
            parts.append(f"{alias}{name}{selection(schema, child, depth + 1)}")
    return "{ " + " ".join(parts) + " }"


def input_paths(schema: GraphQLSchema, kind: str, name: str, scalars: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (path, scalar) of every input of these scalars that a root field takes; none within its like."""
    for argument, definition in root_of(schema, kind).fields[name].args.items():
        yield from _paths(definition.type, argument, scalars, ())


def _paths(type_: Any, path: str, scalars: set[str], within: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    named = get_named_type(type_)
    if isinstance(named, GraphQLScalarType) and named.name in scalars:
        yield path, named.name
    elif isinstance(named, GraphQLInputObjectType) and named.name not in within:
        for name, child in named.fields.items():
            yield from _paths(child.type, f"{path}.{name}", scalars, (*within, named.name))


def enum_choices(schema: GraphQLSchema, name: str, worth_trying: dict[str, list[str]]) -> list[dict[str, str]]:
    """List what to choose for the enums of a query field: each value worth trying of those that it takes."""
    taken = {get_named_type(argument.type).name for argument in schema.query_type.fields[name].args.values()}
    return [{enum: value} for enum, values in worth_trying.items() if enum in taken for value in values] or [{}]


def codes_of(body: Any) -> set[str]:
    """Collect the codes of all errors of an answer, those in payloads too."""
    if isinstance(body, list):
        return set().union(*map(codes_of, body))
    if not isinstance(body, dict):
        return set()
    code = body.get("code")
    return ({code} if isinstance(code, str) else set()).union(*map(codes_of, body.values()))
