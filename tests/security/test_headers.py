"""The headers of every answer, whoever gives it: a view, a middleware, a missing page or the live process."""

import urllib.error
import urllib.request
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from cxplatform.deployment.origins import exact_origins
from cxplatform.headers import POLICY
from tests.live.conftest import live_url

__all__ = ["live_url"]

FRONTEND, STRANGER = "https://app.example.com", "https://evil.example"
PATHS = ["/healthz", "/graphql", "/import/customers", "/nothing", "/import/nothing/here/at/all", "/graphql/", "//"]
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,x-brand",
}


def test_the_policy_lets_a_page_do_nothing() -> None:
    assert POLICY["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in POLICY["Content-Security-Policy"]
    assert POLICY["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD", "TRACE", "PUT"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(method: str, path: str) -> None:
    response = Client().generic(method, path)

    assert {name: response.headers.get(name) for name in POLICY} == POLICY
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_of_the_web_process_carries_an_id_of_its_own(path: str) -> None:
    sent = "00000000-0000-7000-8000-000000000000"

    first, second = (Client().post(path, headers={"x-request-id": sent})["X-Request-Id"] for _ in range(2))

    assert UUID(first).version == UUID(second).version == 7
    assert len({first, second, sent}) == 3


def test_a_refused_host_is_answered_with_the_policy_too(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["cx.example"]

    response = Client().post("/graphql", headers={"host": "other.example"})

    assert response.status_code == 400
    assert {name: response.headers.get(name) for name in POLICY} == POLICY


@pytest.mark.parametrize("path", ["/nothing", "/graphql/", "/../etc/passwd", "/.env", "/admin"])
def test_what_is_not_there_is_an_error_with_a_code(path: str) -> None:
    response = Client().get(path)

    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response.json() == {"errors": [{"message": "There is nothing here.", "extensions": {"code": "NOT_FOUND"}}]}


@pytest.mark.parametrize("origin", [FRONTEND, STRANGER, "null"])
@pytest.mark.parametrize("path", ["/graphql", "/import/customers"])
def test_no_origin_is_let_in_unless_it_is_named(path: str, origin: str) -> None:
    for response in (Client().post(path, headers={"origin": origin}), preflight(path, origin)):
        assert [name for name in response.headers if name.startswith("Access-Control-Allow")] == []


def test_a_named_origin_may_ask_with_a_key_and_no_cookie(settings: LazySettings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [FRONTEND]

    asked, answered = preflight("/graphql", FRONTEND), Client().post("/graphql", headers={"origin": FRONTEND})

    assert asked.status_code == 200
    assert asked["Access-Control-Allow-Origin"] == answered["Access-Control-Allow-Origin"] == FRONTEND
    assert asked["Access-Control-Allow-Methods"] == "GET, POST"
    assert {"authorization", "content-type", "x-brand", "idempotency-key"} <= set(
        asked["Access-Control-Allow-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Credentials" not in answered.headers
    assert "origin" in answered["Vary"]


@pytest.mark.parametrize(
    "origin",
    [STRANGER, "null", f"{FRONTEND}.evil.example", "http://app.example.com", f"{FRONTEND}:8443", FRONTEND.upper(), "*"],
)
def test_an_origin_that_only_looks_like_a_named_one_is_never_reflected(settings: LazySettings, origin: str) -> None:
    settings.CORS_ALLOWED_ORIGINS = [FRONTEND]

    for response in (preflight("/graphql", origin), Client().post("/graphql", headers={"origin": origin})):
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("origin", ["*", "null", "https://*.example.com", "https://a.example/", "a.example", "file://"])
def test_an_inexact_origin_is_no_setting(origin: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CX_ALLOWED_ORIGINS"):
        exact_origins([FRONTEND, origin])


@pytest.mark.parametrize(("path", "method"), [("/healthz", "GET"), ("/graphql/stream", "POST"), ("/nothing", "GET")])
def test_the_live_process_answers_with_the_same_policy(live_url: str, path: str, method: str) -> None:
    answered = fetched(f"http://{live_url}{path}", method, Origin=STRANGER)

    assert {name: answered[name] for name in POLICY} == POLICY
    assert "Access-Control-Allow-Origin" not in answered
    assert answered["Content-Type"] != "text/html"


def test_the_live_process_answers_a_preflight_itself(live_url: str) -> None:
    answered = fetched(f"http://{live_url}/graphql/stream", "OPTIONS", Origin=STRANGER, **PREFLIGHT)

    assert answered["Status"] == "200"
    assert "Access-Control-Allow-Origin" not in answered


def preflight(path: str, origin: str) -> Any:
    return Client().options(path, headers={"origin": origin, **PREFLIGHT})


def fetched(url: str, method: str, **headers: str) -> dict[str, str]:
    """Return an answer's headers and status, whatever it is."""
    body = b"" if method == "POST" else None
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=10) as response:
            return {"Status": str(response.status), **in_title_case(response.headers)}
    except urllib.error.HTTPError as error:
        with error:
            return {"Status": str(error.code), **in_title_case(error.headers)}


def in_title_case(headers: Any) -> dict[str, str]:
    return {name.title(): value for name, value in headers.items()}
