"""Every leaf of every input of every root field, given every hostile value of its kind.

Written from the schema by introspection: a new input is tried from the day it is born. Every value of every leaf is
coerced; of what coercion lets through one value in so many is sent, each leaf others, the same in every run. The worst
value of each class is sent to every leaf of a mutation, and deep in the filter of a query to one leaf of each operator
and type.
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

from apps.accounts.models import ApiKey
from apps.accounts.permissions import Role
from cxplatform.graphql.errors import STATUS_OF_CODE
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.doors import shared_tx
from tests import cluster
from tests.isolation.api import world
from tests.isolation.api.asking import BY_NAME
from tests.isolation.api.asking import SCALARS as OF_OTHERS
from tests.isolation.api.documents import Operation, Values, codes_of, selection, together
from tests.security.hostile_values import hostile, worst

SCHEMA = served_schema().core
assert SCHEMA.query_type is not None
assert SCHEMA.mutation_type is not None
assert SCHEMA.subscription_type is not None
ROOTS = {"query": SCHEMA.query_type, "mutation": SCHEMA.mutation_type, "subscription": SCHEMA.subscription_type}
FIELDS = [(kind, name) for kind in ("query", "mutation") for name in sorted(ROOTS[kind].fields)]
SCALARS = {**OF_OTHERS, "BigInt": 1}
REQUIRED = {key: given for key, given in BY_NAME.items() if given is not None}
_DEEP = 4
# Of the hundreds of leaves deep in filters, which are of few types, not every one is sent a value.
_ONE_IN, _ONE_IN_DEEP_IN_A_FILTER = 4, 128
# As many aliases as let their price be paid at once, mostly.
_TOGETHER = 10
# What userErrors say of a field has a code of the imports.
CODE = re.compile(r"[A-Z][A-Z_]+")
OURS = {"INTERNAL", "UNAVAILABLE"}
# Whoever makes brands has several; what was refused for want of one would have tried nothing.
HEADERS = {"X-Brand": cluster.ACME.slug, "Accept": "application/graphql-response+json"}
SAID_OF_US = ("Traceback", "SELECT ", "INSERT ", "psycopg", "site-packages", "DETAIL:", "django")
# A key notes when it was last used, and is looked at without that; that the provider reached into a brand is written
# down, refused or not.
WRITTEN_ANYWAY = {"accounts_apikey", "audit_event"}
OF_A_KEY = [field.attname for field in ApiKey._meta.concrete_fields if field.attname != "last_used_at"]


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
    return [leaf for path, given in arguments.items() for leaf in leaves_of(given.type, path, ())]


def leaves_of(type_: Any, path: str, inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    named = get_named_type(type_)
    if isinstance(named, GraphQLScalarType | GraphQLEnumType):
        yield path, str(type_)
    elif isinstance(named, GraphQLInputObjectType) and named.name not in inside and len(inside) < _DEEP:
        for child, definition in named.fields.items():
            yield from leaves_of(definition.type, f"{path}.{child}", (*inside, named.name))


@cache
def coerced_worst(written: str) -> list[Any]:
    """Return those of the worst values for a leaf's type that coercion lets through."""
    return _coerced(written, worst(written.strip("[]!")))[0]


@cache
def coerced(written: str) -> tuple[list[Any], list[Any]]:
    """Coerce every hostile value of a leaf's type, as execution does wherever it stands: those let through, the others.

    It ends in values or in errors, and in nothing else.
    """
    named = SCHEMA.type_map[written.strip("[]!")]
    return _coerced(written, hostile("String" if isinstance(named, GraphQLEnumType) else named.name))


def _coerced(written: str, values: list[Any]) -> tuple[list[Any], list[Any]]:
    (definition,) = parse(f"query ($leaf: {written}) {{ me {{ id }} }}").definitions
    assert isinstance(definition, OperationDefinitionNode)
    through: list[Any] = []
    stopped: list[Any] = []
    for value in values:
        leaf = [value] if written.startswith("[") else value
        made = get_variable_values(SCHEMA, definition.variable_definitions or (), {"leaf": leaf})
        (stopped if isinstance(made, list) else through).append(value)
    return through, stopped


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_no_hostile_value_in_any_leaf_is_our_fault_or_half_written(token: str, kind: str, name: str) -> None:
    let_through, stopped = hostile_values(kind, name)
    shown = selection(SCHEMA, ROOTS[kind].fields[name], depth=2)

    # One that coercion refuses is sent, too: it has a code, like the rest.
    refused = ask_in_groups(token, kind, name, let_through, shown)
    refused += [one for one in stopped for _ in ask_together(token, kind, name, [one], shown)]
    if kind == "mutation":
        before = state()
        assert ask_in_groups(token, kind, name, refused, shown) == refused
        assert state() == before


def hostile_values(kind: str, name: str) -> tuple[list[Values], list[Values]]:
    """Give each leaf some of the hostile values that coercion lets through, and apart from them one that it stops."""
    let_through, stopped = [], []
    given_the_worst = with_the_worst(kind, name)
    for path, type_ in leaves(kind, name):
        through, others = coerced(type_)
        picked = chosen(path, through)
        if path in given_the_worst:
            picked = picked + [value for value in worst(type_.strip("[]!")) if value not in picked]
        let_through += [Values(SCALARS, {path: value}, REQUIRED) for value in picked]
        if "." not in path:
            stopped += [Values(SCALARS, {path: value}, REQUIRED) for value in others[:1]]
    return let_through, stopped


def with_the_worst(kind: str, name: str) -> set[str]:
    """Choose the leaves that are given the worst value of each class."""
    chosen_paths: dict[tuple[str, ...], str] = {}
    for path, type_ in sorted(leaves(kind, name), key=lambda leaf: zlib.crc32(leaf[0].encode())):
        if kind == "mutation":
            chosen_paths[(path,)] = path
        elif is_deep(path):
            chosen_paths.setdefault((path.rsplit(".", 1)[-1], type_), path)
    return set(chosen_paths.values())


def is_deep(path: str) -> bool:
    return path.count(".") > 1


def ask_in_groups(token: str, kind: str, name: str, many: list[Values], shown: str) -> list[Values]:
    """Ask a few at a time; return those that were refused, in the order of their values."""
    # So what is refused as a whole lies together, and little else is asked again.
    many = sorted(many, key=lambda values: repr(list(values.texts.values())))
    groups = [many[start : start + _TOGETHER] for start in range(0, len(many), _TOGETHER)]
    return [one for group in groups for one in ask_together(token, kind, name, group, shown)]


def ask_together(token: str, kind: str, name: str, many: list[Values], shown: str) -> list[Values]:
    """Ask all at once; where that is refused as a whole, in halves, down to each alone. Return those refused."""
    data = answered(token, together(SCHEMA, kind, name, many, shown)).get("data")
    if data:
        return [one for number, one in enumerate(many) if refuses(data[f"a{number}"])]
    if len(many) == 1:
        return many
    half = len(many) // 2
    halves = many[:half], many[half:]
    return [one for group in halves for one in ask_together(token, kind, name, group, shown)]


def refuses(part: Any) -> bool:
    """Tell whether a root field was answered with nothing but what is wrong."""
    return part is None or (isinstance(part, dict) and bool(part.get("userErrors")))


def chosen(path: str, values: list[Any]) -> list[Any]:
    one_in = _ONE_IN_DEEP_IN_A_FILTER if is_deep(path) else _ONE_IN
    picked = values[zlib.crc32(path.encode()) % one_in :: one_in]
    return picked or ([] if is_deep(path) else values[:1])


def answered(token: str, made: Operation) -> dict[str, Any]:
    """Send one; that it is refused, or is not, must not be our fault."""
    tried = (made.filled, str(made.variables)[:300])
    answer = send(token, made, tried)
    codes = codes_of(answer)
    assert codes.isdisjoint(OURS | {"BRAND_REQUIRED"}), (tried, answer)
    assert all(CODE.fullmatch(code) for code in codes), (tried, codes)
    return answer


def send(token: str, made: Operation, tried: object) -> dict[str, Any]:
    response = Client().post(
        "/graphql",
        json.dumps({"query": made.document, "variables": made.variables}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", **HEADERS},
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
    with shared_tx():
        keys = list(ApiKey.objects.order_by("id").values(*OF_A_KEY))
    return {"keys": keys} | {
        f"{where} {table}": rows for where, tables in digests for table, rows in tables.items()
        if table not in WRITTEN_ANYWAY
    }  # fmt: skip


def test_the_leaves_are_really_found() -> None:
    found = leaves("mutation", "recordInteraction")

    assert ("input.openedAt", "DateTime!") in found
    assert len(found) > 10
    assert sum(len(leaves(*field)) for field in FIELDS) > 500


def test_coercion_lets_some_through_and_stops_others() -> None:
    """Guard the guard: a selection of values that were all stopped would send nothing."""
    tried = [coerced(type_) for _, type_ in leaves("mutation", "recordCustomer")]

    assert all(through for through, _ in tried)
    assert any(stopped for _, stopped in tried)


def test_every_leaf_of_a_mutation_that_has_a_worst_value_is_sent_it() -> None:
    """Guard the guard, and that coercion lets them all through, so that they get further."""
    for kind, name in FIELDS:
        sent = {(path, repr(value)) for one in hostile_values(kind, name)[0] for path, value in one.texts.items()}
        for path, type_ in leaves(kind, name):
            through = coerced_worst(type_)
            assert through == worst(type_.strip("[]!")), (path, type_)
            if kind == "mutation":
                assert {(path, repr(value)) for value in through} <= sent


def test_values_are_sent_together_and_where_that_is_refused_alone(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    monkeypatch.setattr("tests.security.test_every_leaf.answered", lambda _token, made: sent.append(made) or {})
    given = [Values(SCALARS, {"first": number}, REQUIRED) for number in range(3)]

    ask_together(token, "query", "customers", given, " { totalCount }")

    assert [list(made.variables.values()) for made in sent] == [[0, 1, 2], [0], [1, 2], [1], [2]]
