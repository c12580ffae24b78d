"""The address opened in a browser: GraphiQL in development, a refusal elsewhere."""

from typing import Any

import pytest
from django.test import Client

from cxplatform.graphql.graphiql.page import graphiql_urls

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def development(settings: Any) -> None:
    settings.CX_GRAPHIQL = "config.demo.first_look.first_look"


def test_there_is_no_page_in_production(client: Client) -> None:
    assert client.get("/graphql", headers={"accept": BROWSER}).status_code == 405
    assert client.get("/graphql", headers={"accept": "text/html"}).status_code == 406
    assert graphiql_urls() == []


def test_the_page_may_load_its_own_files_and_nothing_else(client: Client, development: None) -> None:
    response = client.get("/graphql", headers={"accept": BROWSER})

    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self' ws://testserver:8001/graphql/ws; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    assert b"<script defer src=" in response.content
    assert response.content.count(b"<script") == 1


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, application/graphql-response+json", ""])
def test_whoever_does_not_prefer_a_page_gets_none(client: Client, development: None, accept: str) -> None:
    assert client.get("/graphql", headers={"accept": accept}).status_code == 405


def test_an_operation_is_answered_whatever_the_client_prefers(client: Client, development: None) -> None:
    body = '{"query": "{ me { name } }"}'

    response = client.post("/graphql", body, content_type="application/json", headers={"accept": BROWSER})

    assert response.status_code == 401
    assert response["Content-Type"] == "application/json; charset=utf-8"
