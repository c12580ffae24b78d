"""Every leaf of every input of every root field, given every hostile value of its kind.

Written from the schema by introspection: a new input is tried from the day it is born. Every value of every leaf is
coerced; of what coercion lets through one value in so many is sent, each leaf others, the same in every run.
"""

import json
import re
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.test import Client
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLScalarType, get_named_type, parse
from graphql.execution.values import get_variable_values
from graphql.language import OperationDefinitionNode

from apps.accounts.permissions import Role
from cxplatform.graphql.errors import STATUS_OF_CODE
from cxplatform.graphql.schema import served_schema
from tests import cluster
from tests.isolation.api import world
from tests.isolation.api.documents import Operation, Values, codes_of, operation, selection
from tests.isolation.api.test_every_field import BY_NAME, SCALARS
from tests.security.hostile_values import hostile

SCHEMA = served_schema().core
assert SCHEMA.query_type is not None
assert SCHEMA.mutation_type is not None
ROOTS = {"query": SCHEMA.query_type, "mutation": SCHEMA.mutation_type}
FIELDS = [(kind, name) for kind, root in ROOTS.items() for name in sorted(root.fields)]
REQUIRED = {key: given for key, given in BY_NAME.items() if given is not None}
_DEEP = 4
# Of the hundreds of leaves deep in filters, which are of few types, not every one is sent a value.
_ONE_IN, _ONE_IN_DEEP_IN_A_FILTER = 4, 128
# What userErrors say of a field has a code of the imports.
CODE = re.compile(r"[A-Z][A-Z_]+")
OURS = {"INTERNAL", "UNAVAILABLE"}
SAID_OF_US = ("Traceback", "SELECT ", "INSERT ", "psycopg", "site-packages", "DETAIL:", "django")
# A key notes when it was last used; that the provider reached into a brand is written down, refused or not.
WRITTEN_ANYWAY = {"accounts_apikey", "audit_event"}


@pytest.fixture(scope="module")
def token(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The provider's administrator, granted one brand: nobody may do more, so everything hostile gets furthest."""
    with django_db_blocker.unblock():
        world.fill(cluster.ACME)
        yield world.person(Role.PROVIDER_ADMIN, cluster.ACME).token
        cluster.empty_tables()


@pytest.fixture(autouse=True)
def _without_throttle(settings: Any) -> None:
    settings.CX_THROTTLE = False


@cache
def leaves(kind: str, name: str) -> list[tuple[str, str]]:
    """List (path, type) of every leaf; a type inside itself (a filter's AND) is entered once."""
    arguments = ROOTS[kind].fields[name].args
    return [leaf for path, given in arguments.items() for leaf in _leaves(given.type, path, ())]


def _leaves(type_: Any, path: str, inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    named = get_named_type(type_)
    if isinstance(named, GraphQLScalarType | GraphQLEnumType):
        yield path, "String" if isinstance(named, GraphQLEnumType) else named.name
    elif isinstance(named, GraphQLInputObjectType) and named.name not in inside and len(inside) < _DEEP:
        for child, definition in named.fields.items():
            yield from _leaves(definition.type, f"{path}.{child}", (*inside, named.name))


def hostile_operations(kind: str, name: str) -> Iterator[tuple[str, list[Operation]]]:
    """Yield each leaf's path and the operations that give it one hostile value each."""
    root = ROOTS[kind].fields[name]
    shown = selection(SCHEMA, root, depth=2)
    for path, scalar in leaves(kind, name):
        made = [Values(SCALARS, {path: value}, REQUIRED) for value in hostile(scalar)]
        yield path, [operation(SCHEMA, kind, name, values, shown=shown) for values in made]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_no_hostile_value_in_any_leaf_is_our_fault_or_half_written(token: str, kind: str, name: str) -> None:
    refused: list[Operation] = []
    for path, made in hostile_operations(kind, name):
        let_through = [one for one in made if is_let_through(one)]
        # One that coercion refuses is sent, too: it has a code, like the rest.
        stopped = [one for one in made if one not in let_through][:1] if "." not in path else []
        refused += [one for one in chosen(path, let_through) + stopped if refuses(token, one)]

    before = state()
    assert all(refuses(token, one) for one in refused if kind == "mutation")
    assert state() == before


def is_let_through(made: Operation) -> bool:
    """Coerce the variables as execution does; that ends in values or in errors, and in nothing else."""
    return not isinstance(get_variable_values(SCHEMA, definitions(made.document), made.variables), list)


@cache
def definitions(document: str) -> Any:
    (definition,) = parse(document).definitions
    assert isinstance(definition, OperationDefinitionNode)
    return definition.variable_definitions


def chosen(path: str, made: list[Operation]) -> list[Operation]:
    deep = path.count(".") > 1
    one_in = _ONE_IN_DEEP_IN_A_FILTER if deep else _ONE_IN
    picked = made[zlib.crc32(path.encode()) % one_in :: one_in]
    return picked or ([] if deep else made[:1])


def refuses(token: str, made: Operation) -> bool:
    """Send one and tell whether it is refused; that it is, or is not, must not be our fault."""
    tried = (made.filled, str(made.variables)[:300])
    answer = send(token, made, tried)
    codes = codes_of(answer)
    assert OURS.isdisjoint(codes), (tried, answer)
    assert all(CODE.fullmatch(code) for code in codes), (tried, codes)
    return "errors" in answer or '"userErrors": [{' in json.dumps(answer)


def send(token: str, made: Operation, tried: object) -> dict[str, Any]:
    response = Client().post(
        "/graphql",
        json.dumps({"query": made.document, "variables": made.variables}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"},
    )
    text = response.content.decode()
    assert response.status_code < 500, (tried, text[:500])
    assert [word for word in SAID_OF_US if word in text and word not in str(made.variables)] == [], (tried, text[:500])
    answer: dict[str, Any] = json.loads(text)
    for error in answer.get("errors", []):
        assert error["extensions"]["code"] in STATUS_OF_CODE, (tried, error)
    return answer


def state() -> dict[str, Any]:
    """Digest all that a mutation may write, in the brand and outside it."""
    digests = [("shared", world.digest("shared")), ("brand", world.digest(cluster.ACME.schema))]
    return {
        f"{where} {table}": rows for where, tables in digests for table, rows in tables.items()
        if table not in WRITTEN_ANYWAY
    }  # fmt: skip


def test_the_leaves_are_really_found() -> None:
    found = leaves("mutation", "recordInteraction")

    assert ("input.openedAt", "DateTime") in found
    assert len(found) > 10
    assert sum(len(leaves(*field)) for field in FIELDS) > 500


def test_coercion_lets_some_through_and_stops_others() -> None:
    """Guard the guard: a selection of values that were all stopped would send nothing."""
    sent = {
        path: [is_let_through(one) for one in made] for path, made in hostile_operations("mutation", "recordCustomer")
    }

    assert all(any(through) for through in sent.values())
    assert any(not all(through) for through in sent.values())
