"""What the endpoint answers to bodies, headers and methods, before any field is read."""

from typing import Any

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.negotiation import GRAPHQL, LEGACY
from tests.graphql.conftest import Asker, MakeAsker

DEEP = b"[" * 100_000 + b"]" * 100_000
HOSTILE = {
    "a blank": b" ",
    "null": b"null",
    "a number": b"1",
    "a string": b'"x"',
    "a list": b'[{"query": "{ me { name } }"}]',
    "nested 100,000 deep": DEEP,
    "variables nested 100,000 deep": b'{"query": "{ me { name } }", "variables": {"x": ' + DEEP + b"}}",
    "an integer of 10,000 digits": b'{"query": "{ me { name } }", "variables": {"x": '
    + b"9" * 10_000
    + b'}, "operationName": 1}',
    "NaN": b'{"query": "{ me { name } }", "variables": {"x": NaN}}',
    "bad UTF-8": b'{"query": "\xff"}',
    "UTF-16": '{"query": "{ me { name } }"}'.encode("utf-16"),
    "a lone surrogate": rb'{"query": "{ me { name } }", "variables": {"x": "\ud800"}}',
    "U+0000 in a variable": rb'{"query": "query($x: ID!) { node(id: $x) { id } }", "variables": {"x": "a\u0000"}}',
    "no query": b"{}",
    "a query that is a number": b'{"query": 1}',
    "variables that are a list": b'{"query": "{ me { name } }", "variables": []}',
    "an operationName that is a number": b'{"query": "{ me { name } }", "operationName": 1}',
    "extensions that are a string": b'{"query": "{ me { name } }", "extensions": "x"}',
    "an unknown operationName": b'{"query": "{ me { name } }", "operationName": "other"}',
    "a document that does not parse": b'{"query": "{"}',
    "an unknown field": b'{"query": "{ unknown }"}',
    "a document nested deep": orjson.dumps({"query": "{ a" * 3_000 + " }" * 3_000}),
    "a literal of 10,000 digits": orjson.dumps({"query": "{ brands(first: " + "9" * 10_000 + ") { totalCount } }"}),
    "an unpaired escape in a literal": orjson.dumps({"query": '{ node(id: "\\ud800") { id } }'}),
    "U+0000 in a literal": orjson.dumps({"query": '{ node(id: "\\u0000") { id } }'}),
    "a missing variable": b'{"query": "query($x: ID!) { node(id: $x) { id } }"}',
    "an ill-typed variable": b'{"query": "query($x: ID!) { node(id: $x) { id } }", "variables": {"x": [1]}}',
    "two operations, none chosen": b'{"query": "query a { me { name } } query b { me { name } }"}',
    "a subscription": b'{"query": "subscription { importJobProgressed(id: \\"x\\") { state } }"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_the_clients_fault(admin: Asker, name: str) -> None:
    response = admin.post(HOSTILE[name])

    answer = orjson.loads(response.content)
    assert response.status_code == 400
    assert "data" not in answer
    assert {error["extensions"]["code"] for error in answer["errors"]} <= {"BAD_USER_INPUT", "QUERY_TOO_COMPLEX"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_of_a_stranger_gets_no_further(db: None, name: str) -> None:
    response = Asker(None).post(HOSTILE[name])

    assert response.status_code in (400, 401)


def test_a_body_of_more_than_256_kib_is_too_large(admin: Asker) -> None:
    response = admin.post(orjson.dumps({"query": "{ me { name } }" + " " * 256 * 1024}))

    assert response.status_code == 413
    assert orjson.loads(response.content)["errors"][0]["extensions"] == {"code": "PAYLOAD_TOO_LARGE"}


ME = b'{"query": "{ me { role } }"}'


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (GRAPHQL, GRAPHQL),
        (LEGACY, LEGACY),
        ("*/*", LEGACY),
        ("", LEGACY),
        ("application/*", LEGACY),
        (f"{GRAPHQL}, {LEGACY};q=0.9", GRAPHQL),
        (f"{LEGACY};q=0.5, {GRAPHQL};q=0.4", LEGACY),
        (f"text/html, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, {LEGACY}; charset=utf-8", LEGACY),
    ],
)
def test_the_answer_has_the_media_type_the_client_prefers(admin: Asker, accept: str, answered: str) -> None:
    response = admin.post(ME, accept=accept)

    assert response.status_code == 200
    assert response["Content-Type"] == f"{answered}; charset=utf-8"
    assert orjson.loads(response.content)["data"] == {"me": {"role": "BRAND_ADMIN"}}


def test_a_client_that_takes_neither_media_type_is_refused(admin: Asker) -> None:
    assert admin.post(ME, accept="text/csv").status_code == 406


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ],
)
def test_a_body_that_is_not_json_in_utf_8_is_refused(admin: Asker, content_type: str) -> None:
    assert admin.post(ME, **{"content-type": content_type}).status_code == 415


def test_only_post_is_answered(admin: Asker, client: Any) -> None:
    response = client.get("/graphql?query={me{name}}", headers={"authorization": f"Bearer {admin.token}"})

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert orjson.loads(response.content)["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    "body",
    ['{"query": "{"}', '{"query": "{ unknown }"}', '{"query": "query($x: Int!) { brands(first: $x) { totalCount } }"}'],
)
def test_a_faulty_document_is_answered_with_200_in_the_old_media_type(admin: Asker, body: str) -> None:
    response = admin.post(body.encode(), accept=LEGACY)

    assert response.status_code == 200
    assert orjson.loads(response.content)["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize("token", [None, "", "cx_unknown_secret", "x", "cx_" + "a" * 5_000])
@pytest.mark.parametrize(
    "query", ["{ me { name } }", "{ __typename }", "{ __schema { types { name } } }", "{ customers { totalCount } }"]
)
def test_a_stranger_is_told_nothing(db: None, token: str | None, query: str) -> None:
    response = Asker(token).post(orjson.dumps({"query": query}))

    answer = orjson.loads(response.content)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    assert "data" not in answer


def test_an_unknown_brand_is_not_found(asker: MakeAsker) -> None:
    supervisor = asker(Role.SUPERVISOR)

    response = supervisor.post(ME, **{"x-brand": "globex"})

    assert response.status_code == 404
    assert orjson.loads(response.content)["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


def test_introspection_is_for_the_signed_in(admin: Asker) -> None:
    from graphql import get_introspection_query

    answer = admin.ask(get_introspection_query(descriptions=True))

    assert "errors" not in answer
    assert "Interaction" in {named["name"] for named in answer["data"]["__schema"]["types"]}


HEADERS = ["", ";", ",", "/", "a", ";q=", "application/json;q=x", "*/*;q=1e400", "application/json;" * 500, "\xe9", '"']


@pytest.mark.parametrize("value", HEADERS)
@pytest.mark.parametrize("name", ["accept", "content-type", "authorization", "x-brand"])
def test_a_hostile_header_is_the_clients_fault(admin: Asker, name: str, value: str) -> None:
    if name == "authorization":
        admin.token = None

    response = admin.post(ME, **{name: value})

    assert response.status_code in (200, 400, 401, 404, 406, 415)


@pytest.mark.parametrize(
    ("host", "status"),
    [("acme.example.com", 200), ("globex.example.com", 404), ("a" * 300, 200), ("[::1", 400), ("acme:x", 400)],
)
def test_a_host_narrows_and_never_widens(admin: Asker, settings: Any, host: str, status: int) -> None:
    settings.CX_BASE_DOMAIN = "example.com"

    response = admin.post(ME, host=host)

    assert response.status_code == status
