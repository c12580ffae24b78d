"""Mutations under an Idempotency-Key on the real web server: called fifty times at once; killed at the worst moment."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import Role
from apps.interactions.models import Reason
from cxplatform.audit.models import AuditEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.flows.programs import web

pytestmark = pytest.mark.usefixtures("committed")

# Both are done anew by every call that is carried out, or refused; a record that is sent again would just be known.
MAKE_REASON = 'mutation { createReason(input: {name: "Returns"}) { reason { id } userErrors { code } } }'
MAKE_KEY = 'mutation { createApiKey(input: {name: "night job"}) { token userErrors { code } } }'


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


def done(brand: BrandRef) -> tuple[int, int, int]:
    """Count the brand's reasons, its trail's rows, and the keys that were made."""
    with brand_tx(brand):
        of_brand = Reason.objects.count(), AuditEvent.objects.count()
    with shared_tx():
        return *of_brand, ApiKey.objects.filter(name="night job").count()


NOTHING, A_REASON, A_KEY, A_REASON_AND_A_KEY = (0, 0, 0), (1, 1, 0), (0, 0, 1), (1, 1, 1)


def test_fifty_calls_at_once_get_one_answer_of_one_change(token: str, acme: BrandRef, worker_id: str) -> None:
    with web(worker_id, workers=2, threads=8) as address, ThreadPoolExecutor(50) as threads:
        for query, so_far in ((MAKE_REASON, A_REASON), (MAKE_KEY, A_REASON_AND_A_KEY)):
            answers = set(threads.map(partial(call, address, token, query), [query[:30]] * 50))

            ((status, body),) = answers
            assert (status, "errors" in json.loads(body)) == (200, False)
            assert done(acme) == so_far


class Death(NamedTuple):
    """A call at which a server dies: where, what is done by then, and once it was called again."""

    query: str
    point: str
    at_death: tuple[int, int, int]
    once: tuple[int, int, int]


DEATHS = [
    Death(MAKE_REASON, "answer-before-commit", NOTHING, A_REASON),
    Death(MAKE_REASON, "answer-committed", A_REASON, A_REASON),
    # A secret that is shown once would be lost just here.
    Death(MAKE_KEY, "answer-committed", A_KEY, A_KEY),
]


@pytest.mark.parametrize("death", DEATHS)
def test_a_server_killed_around_the_commit_changes_once_and_answers_whoever_calls_again(
    token: str, acme: BrandRef, worker_id: str, death: Death
) -> None:
    with web(worker_id, CX_FAULT=death.point) as address, pytest.raises((http.client.HTTPException, OSError)):
        call(address, token, death.query, "k-1")
    assert done(acme) == death.at_death

    with web(worker_id, threads=8) as address, ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(lambda _: call(address, token, death.query, "k-1"), range(8)))

    ((status, body),) = answers
    answered = json.loads(body)
    (payload,) = answered["data"].values()
    assert (status, "errors" in answered, payload["userErrors"]) == (200, False, [])
    assert done(acme) == death.once
