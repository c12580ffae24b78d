"""Documents that are too much are refused, one step above each limit and quickly; at the limit they are taken."""

from collections.abc import Callable
from functools import partialmethod
from math import inf
from time import process_time
from typing import Any

import orjson
import pytest
from django.conf import settings
from graphql import get_introspection_query, parse

from apps.accounts.permissions import Role
from cxplatform.errors import BadInput
from cxplatform.graphql import limits, weighing
from cxplatform.graphql.context import TooComplex
from cxplatform.graphql.documents import Documents, Prepared
from cxplatform.graphql.schema import served_schema
from cxplatform.settling import loading
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import Asker, codes
from tests.live.conftest import person

CHEAP_SECONDS = 0.3
WINDOW = 'window: {from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z"}'


@pytest.fixture(scope="module", autouse=True)
def _settled() -> None:
    """Hold the schema as a server does: a collection of everything, in a test's time, would be counted as its cost."""
    with loading():
        served_schema()


def _nested(levels: int) -> str:
    parents = levels - 4
    return "{ interactions { nodes { reason { " + "parent { " * parents + "name" + " }" * parents + " } } } }"


def _of_tokens(tokens: int) -> str:
    queues = '"a" ' * (tokens - 29)
    return f"{{ metric(key: VOLUME, {WINDOW}, where: {{queue: [{queues}]}}) {{ value }} }}"


def _chain(fragments: int, *, spreads: int = 1) -> str:
    chain = [f"fragment F{n} on Query {{ {f'...F{n + 1} ' * spreads} }}" for n in range(1, fragments)]
    return "\n".join(["{ ...F1 }", *chain, f"fragment F{fragments} on Query {{ me {{ name }} }}"])


def _described(levels: int) -> str:
    return '{ __type(name: "Query") { ' + "ofType { " * (levels - 2) + "name" + " }" * (levels - 2) + " } }"


def _fragments(count: int) -> str:
    spreads = " ".join(f"...F{n}" for n in range(count))
    # Two fields in turns, for one alone may not be selected so often.
    fragments = [f"fragment F{n} on Member {{ {('name', 'email')[n % 2]} }}" for n in range(count)]
    return f"{{ me {{ {spreads} }} }} " + " ".join(fragments)


LIMITS: dict[str, tuple[int, Callable[[int], str]]] = {
    "tokens": (settings.CX_MAX_TOKENS, _of_tokens),
    "depth": (settings.CX_MAX_DEPTH, _nested),
    "depth of introspection": (settings.CX_MAX_INTROSPECTION_DEPTH, _described),
    "aliases": (settings.CX_MAX_ALIASES, lambda n: f"{{ me {{ {' '.join(f'a{i}: name' for i in range(n))} }} }}"),
    "directives": (settings.CX_MAX_DIRECTIVES, lambda n: f"{{ me {{ {'... @include(if: true) { name } ' * n} }} }}"),
    "fragments in fragments": (settings.CX_MAX_FRAGMENT_DEPTH, _chain),
    "fragments": (limits.MAX_FRAGMENTS, _fragments),
    "operations": (settings.CX_MAX_OPERATIONS, lambda n: " ".join(f"query q{i} {{ me {{ name }} }}" for i in range(n))),
    "braces": (limits.MAX_BRACES, lambda n: "{ " + "... { " * (n - 2) + "me { name }" + " }" * (n - 2) + " }"),
    "repeats": (weighing.MAX_REPEATS, lambda n: f"{{ me {{ {'name ' * n} }} }}"),
}


@pytest.fixture
def prepare() -> Callable[[str], Prepared]:
    documents = Documents(served_schema())
    return lambda text: documents.prepare(text, "q0" if text.startswith("query q0") else None)


@pytest.mark.parametrize("name", LIMITS)
def test_a_document_at_the_limit_is_taken(prepare: Callable[[str], Prepared], name: str) -> None:
    most, document = LIMITS[name]

    assert prepare(document(most)).operation is not None


@pytest.mark.parametrize("name", LIMITS)
def test_a_document_one_step_above_the_limit_is_refused(prepare: Callable[[str], Prepared], name: str) -> None:
    most, document = LIMITS[name]

    with pytest.raises(TooComplex):
        prepare(document(most + 1))


def test_the_document_of_as_many_tokens_as_allowed_has_as_many() -> None:
    parse(_of_tokens(3_000), max_tokens=3_000)

    with pytest.raises(Exception, match="more than 2999 tokens"):
        parse(_of_tokens(3_000), max_tokens=2_999)


def test_the_limits_are_those_that_are_promised() -> None:
    promised = {
        "CX_MAX_BODY_BYTES": 262_144,
        "CX_MAX_TOKENS": 3_000,
        "CX_MAX_DEPTH": 12,
        "CX_MAX_ALIASES": 30,
        "CX_MAX_DIRECTIVES": 20,
        "CX_MAX_FRAGMENT_DEPTH": 10,
        "CX_MAX_COST": 5_000,
        "CX_STATEMENT_TIMEOUT_MS": 5_000,
    }

    assert {name: getattr(settings, name) for name in promised} == promised


def test_of_several_operations_the_one_named_is_run(prepare: Callable[[str], Prepared]) -> None:
    documents = Documents(served_schema())
    text = "query small { me { name } } query large { interactions(first: 50) { nodes { id } } }"

    assert documents.prepare(text, "small").cost(None).requested == 11
    assert documents.prepare(text, "large").cost(None).requested == 61
    with pytest.raises(BadInput):
        documents.prepare(text, None)


def test_tools_may_ask_for_the_whole_schema(admin: Asker) -> None:
    text = get_introspection_query(
        descriptions=True, specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True
    )

    answer = admin.ask(text)

    assert "errors" not in answer
    assert answer["data"]["__schema"]["queryType"]["name"] == "Query"


def test_the_largest_body_is_taken_and_one_byte_more_is_not(admin: Asker) -> None:
    body = orjson.dumps({"query": "{ me { name } }"})
    padding = settings.CX_MAX_BODY_BYTES - len(body)

    assert admin.post(body + b" " * padding).status_code == 200
    assert admin.post(body + b" " * (padding + 1)).status_code == 413


def test_the_largest_page_is_taken_and_one_row_more_is_not(admin: Asker) -> None:
    taken, refused = (admin.ask(f"{{ interactions(first: {rows}) {{ nodes {{ id }} }} }}") for rows in (100, 101))

    assert (taken["data"], codes(taken)) == ({"interactions": {"nodes": []}}, [])
    assert (refused["data"], codes(refused)) == ({"interactions": None}, ["BAD_USER_INPUT"])


def _write_sleep(_asked: object, out: Any, seconds: float) -> None:
    out.text(f"(SELECT 0 FROM pg_sleep({seconds}))")


def test_a_statement_of_half_the_time_is_taken_and_one_of_twice_is_not(
    committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    admin = Asker(person(acme, Role.BRAND_ADMIN).token)
    settings.CX_STATEMENT_TIMEOUT_MS = 800
    answers = []
    for name, seconds in (("half", 0.4), ("twice", 1.6)):
        patched = partialmethod(_write_sleep, seconds=seconds)
        monkeypatch.setattr("cxplatform.graphql.planner.asked.Asked.write_count", patched)
        answers.append(admin.ask(f"{{ {name}: customers {{ totalCount }} }}"))

    assert [(answer["data"], codes(answer)) for answer in answers] == [
        ({"half": {"totalCount": 0}}, []),
        ({"twice": None}, ["UNAVAILABLE"]),
    ]


def _doubled(levels: int) -> str:
    fragments = [
        f"fragment F{n} on Reason {{ parent {{ ...F{n + 1} }} again: parent {{ ...F{n + 1} }} }}" for n in range(levels)
    ]
    spread = "{ interactions { nodes { reason { ...F0 } } } }"
    return "\n".join([spread, *fragments, f"fragment F{levels} on Reason {{ name }}"])


def _compared(fragments: int, fields: int) -> str:
    """Let validation compare every one of many fragments with every other, field by field."""
    spreads = " ".join(f"...F{n}" for n in range(fragments))
    chosen = "interactions { nodes { " + "id channel source language " * fields + "} }"
    return f"{{ {spreads} }} " + " ".join(f"fragment F{n} on Query {{ {chosen} }}" for n in range(fragments))


HOSTILE = {
    "doubled fragments": _doubled(8),
    "doubled fragments without end": _doubled(100),
    "fragments spread often": _chain(40, spreads=2),
    "fragments that are compared": _compared(60, 6),
    "many fragments that are compared": _compared(99, 2),
    "a field repeated 1,400 times": "{ me { " + "name " * 1_400 + "} }",
    "objects repeated within repeated objects": "{ " + ("brands { " + "nodes { " + "slug " * 20 + "} " * 2) * 40 + "}",
    "1,400 unknown fields": "{ me { " + " ".join(f"nam{n}" for n in range(1_400)) + " } }",
    "a field's name of 250,000 letters": "{ me { " + "n" * 250_000 + " } }",
    "1,400 aliases": "{ me { " + " ".join(f"a{n}: name" for n in range(900)) + " } }",
    "6,000 tokens": "{ me { " + "name " * 6_000 + "} }",
    "a fragment that spreads itself": "{ me { ...F } } fragment F on Member { ...F name }",
    "a circle of fragments": "{ me { ...A } } fragment A on Member { ...B } fragment B on Member { ...A }",
    "a circle through fields": "{ interactions { nodes { reason { ...F } } } } fragment F on Reason { parent { ...F } }",  # noqa: E501  # a document stands in one line
    "400 operations": " ".join(f"query q{n} {{ me {{ name }} }}" for n in range(400)),
    "700 variables": "query (" + " ".join(f"$v{n}: Int" for n in range(700)) + ") { me { name } }",
    "900 directives": "{ me { name " + "@include(if: true) " * 400 + " } }",
    "900 unknown directives": "{ me { name " + "@x " * 1_400 + " } }",
    "inline fragments without end": "{ " + "... { " * 900 + "me { name }" + " }" * 900 + " }",
    "a list nested 1,400 deep": "{ metrics(keys: " + "[" * 1_400 + "]" * 1_400 + ") { value } }",
    "an object nested 500 deep": "{ metrics(keys: " + "{a: " * 500 + "1" + "}" * 500 + ") { value } }",
    "a list of 2,900 wrong values": "{ metrics(keys: [" + "NPC " * 2_900 + "]) { value } }",
    "a schema within a schema": "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    "the schema thirty times": "{ " + " ".join(f"a{n}: __schema {{ types {{ fields {{ name args {{ name type {{ name "
    "ofType { name } } } } } } }" for n in range(30)) + " }",
    "30 pages of 100 pages of 100": "{ " + " ".join(
        f"a{n}: customers(first: 100) {{ nodes {{ interactions(first: 100) {{ nodes {{ id }} }} }} }}"
        for n in range(30)
    ) + " }",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_that_is_too_much_is_refused_quickly(admin: Asker, name: str) -> None:
    admin.data("{ me { name } }")

    answer = asked_cheaply(admin, HOSTILE[name])

    assert "data" not in answer
    assert set(codes(answer)) <= {"QUERY_TOO_COMPLEX", "BAD_USER_INPUT"}
    assert len(answer["errors"]) <= 21


def test_fragments_spread_in_a_doubling_chain_cost_nothing(admin: Asker) -> None:
    answer = asked_cheaply(admin, _chain(10, spreads=2))

    assert list(answer["data"]) == ["me"]


def asked_cheaply(asker: Asker, document: str) -> dict[str, Any]:
    """Ask until it took little of the processor, whose speed varies: ten times at most, and never a document known."""
    took: list[float] = []
    while min(took, default=inf) >= CHEAP_SECONDS and len(took) < 10:
        began = process_time()
        answer: dict[str, Any] = asker.ask(document + " " * len(took))
        took.append(process_time() - began)
    assert min(took) < CHEAP_SECONDS, took
    return answer


def test_a_big_dashboard_is_not_too_much(admin: Asker) -> None:
    blocks = " ".join(f"b{n}: interactions(first: 5) {{ nodes {{ ...I }} totalCount }}" for n in range(30))

    answer = admin.ask(
        f"{{ {blocks} }} fragment I on Interaction {{ id channel openedAt queue {{ key }} customer {{ id segment }} }}"
    )

    assert "errors" not in answer
    assert len(answer["data"]) == 30
