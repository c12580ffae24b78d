"""Mutations under an Idempotency-Key on the real web server: called fifty times at once; killed at the worst moment."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import Role
from apps.customers.models import Customer
from cxplatform.audit.models import AuditEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.flows.programs import web

pytestmark = pytest.mark.usefixtures("committed")

RECORD = (
    """mutation { recordCustomer(input: {externalId: "c-1", name: "Ada"}) { customer { id } userErrors { code } } }"""
)
MAKE_KEY = 'mutation { createApiKey(input: {name: "night job"}) { token } }'


@pytest.fixture
def token(committed: None, acme: BrandRef) -> str:
    now = timezone.now()
    with shared_tx():
        home = Brand.objects.get(pk=acme.id)
        member = add_member(email="ada@acme.example", name="Ada", role=Role.BRAND_ADMIN, brand=home, now=now)
        return issue_key(member=member, name="test", now=now)[1]


def call(address: str, token: str, query: str, key: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
    connection.request("POST", "/graphql", json.dumps({"query": query}), headers)
    response = connection.getresponse()
    return response.status, response.read()


def counts(brand: BrandRef) -> tuple[int, int]:
    with brand_tx(brand):
        return Customer.objects.count(), AuditEvent.objects.count()


@pytest.mark.parametrize("query", [RECORD, MAKE_KEY])
def test_fifty_calls_at_once_get_one_answer_of_one_change(
    token: str, acme: BrandRef, worker_id: str, query: str
) -> None:
    with web(worker_id) as address, ThreadPoolExecutor(50) as threads:
        answers = set(threads.map(lambda _: call(address, token, query, "k-1"), range(50)))

    ((status, body),) = answers
    assert (status, "errors" in json.loads(body)) == (200, False)
    with shared_tx():
        keys = ApiKey.objects.filter(name="night job").count()
    assert (counts(acme), keys) == (((1, 1), 0) if query == RECORD else ((0, 0), 1))


@pytest.mark.parametrize(("point", "done"), [("answer-before-commit", (0, 0)), ("answer-committed", (1, 1))])
def test_a_server_killed_around_the_commit_changes_once_and_answers_the_repeated_call(
    token: str, acme: BrandRef, worker_id: str, point: str, done: tuple[int, int]
) -> None:
    with web(worker_id, CX_FAULT=point) as address, pytest.raises((http.client.HTTPException, OSError)):
        call(address, token, RECORD, "k-1")
    assert counts(acme) == done

    with web(worker_id) as address:
        first, second = (call(address, token, RECORD, "k-1") for _ in range(2))

    assert first == second
    assert json.loads(first[1])["data"]["recordCustomer"]["userErrors"] == []
    assert counts(acme) == (1, 1)
