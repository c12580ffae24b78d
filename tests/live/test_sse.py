"""graphql-sse in distinct connections mode, over a real process."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from django.utils import timezone

from apps.customers.models import Customer
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import JOB_KIND
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import Following
from tests.live.speaking import PATIENCE_SECONDS

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { state rows } }"


def _post(live_url: str, body: bytes, **headers: str) -> HTTPResponse:
    connection = HTTPConnection(live_url, timeout=PATIENCE_SECONDS)
    sent = {"accept": "text/event-stream", "content-type": "application/json"} | headers
    connection.request("POST", "/graphql/stream", body, sent)
    return connection.getresponse()


def events_of(response: HTTPResponse) -> Iterator[tuple[str, Any]]:
    name = ""
    for raw in response:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data:"):
            data = line.removeprefix("data:").strip()
            yield name, json.loads(data) if data else None
            if name == "complete":
                return


def follow_by_sse(live_url: str, token: str, job_id: str, **headers: str) -> HTTPResponse:
    body = json.dumps({"query": FOLLOW, "variables": {"id": job_id}}).encode()
    return _post(live_url, body, authorization=f"Bearer {token}", **headers)


def test_an_import_is_followed_until_it_is_done(live_url: str, following: dict[str, Following]) -> None:
    acme = following["acme"]

    response = follow_by_sse(live_url, acme.token, acme.job_id)
    events = events_of(response)
    first = next(events)
    acme.change(state="DONE", rows=3, accepted=3)

    assert response.status == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert [first, *events] == [
        ("next", {"data": {"importJobProgressed": {"state": "RUNNING", "rows": 0}}}),
        ("next", {"data": {"importJobProgressed": {"state": "DONE", "rows": 3}}}),
        ("complete", None),
    ]


def test_an_import_that_is_given_up_is_told_as_failed_and_completes(
    live_url: str, following: dict[str, Following]
) -> None:
    """Its stored file is gone: the worker gives it up at the first step."""
    acme = following["acme"]
    now = timezone.now()
    with brand_tx(acme.brand):
        Job.objects.create(id=acme.job, kind=JOB_KIND, state="QUEUED", run_after=now, created_at=now)

    events = events_of(follow_by_sse(live_url, acme.token, acme.job_id))
    first = next(events)
    run_due(acme.brand)

    assert first == ("next", {"data": {"importJobProgressed": {"state": "RUNNING", "rows": 0}}})
    assert list(events) == [
        ("next", {"data": {"importJobProgressed": {"state": "FAILED", "rows": 0}}}),
        ("complete", None),
    ]
    with brand_tx(acme.brand):
        assert ImportJob.objects.get(pk=acme.job).failure == "The stored file is gone."


RECORD = """mutation($input: RecordCustomerInput!) { recordCustomer(input: $input) { customer { name } } }"""


def test_a_mutation_is_carried_out_once_under_its_idempotency_key(
    live_url: str, following: dict[str, Following]
) -> None:
    acme = following["acme"]

    def record(name: str, **headers: str) -> list[tuple[str, Any]]:
        variables = {"input": {"externalId": "c-1", "name": name}}
        body = json.dumps({"query": RECORD, "variables": variables}).encode()
        return list(events_of(_post(live_url, body, authorization=f"Bearer {acme.token}", **headers)))

    first = record("Ada", **{"idempotency-key": "k-1"})
    record("Grace")
    repeated = record("Ada", **{"idempotency-key": "k-1"})
    (_, other), _ = record("Mary", **{"idempotency-key": "k-1"})

    assert first[0][1]["data"] == {"recordCustomer": {"customer": {"name": "Ada"}}}
    assert repeated == first
    assert [error["extensions"]["code"] for error in other["errors"]] == ["CONFLICT"]
    with brand_tx(acme.brand):
        assert [customer.name for customer in Customer.objects.all()] == ["Grace"]


def test_another_brands_import_is_not_found(live_url: str, following: dict[str, Following]) -> None:
    response = follow_by_sse(live_url, following["acme"].token, following["globex"].job_id)

    (name, answer), last = events_of(response)
    assert name == "next"
    assert answer["data"] == {"importJobProgressed": None}
    assert answer["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
    assert last == ("complete", None)


@pytest.mark.parametrize(
    ("body", "headers", "refusal"),
    [
        (b"{}", {}, (400, "BAD_USER_INPUT")),
        (b'{"query": "{ me { name } }", "variables": {"x": 9223372036854775808}}', {}, (400, "BAD_USER_INPUT")),
        (b"x" * 300_000, {}, (413, "PAYLOAD_TOO_LARGE")),
        (b'{"query": "{ me { name } }"}', {"authorization": "Bearer cx_unknown"}, (401, "UNAUTHENTICATED")),
        (b'{"query": "{ me { name } }"}', {"content-type": "text/plain"}, (415, "BAD_USER_INPUT")),
    ],
)
def test_what_cannot_be_streamed_is_refused_with_a_status(
    live_url: str, following: dict[str, Following], body: bytes, headers: dict[str, str], refusal: tuple[int, str]
) -> None:
    response = _post(live_url, body, **{"authorization": f"Bearer {following['acme'].token}"} | headers)

    assert (response.status, json.loads(response.read())["errors"][0]["extensions"]["code"]) == refusal


def test_a_stranger_is_answered_before_its_body_has_come(live_url: str) -> None:
    # Were its body waited for, that would be what is wrong with it.
    assert half_sent(live_url, "cx_unknown").getresponse().status == 401


def half_sent(live_url: str, token: str) -> HTTPConnection:
    """Announce a hundred bytes and send two."""
    connection = HTTPConnection(live_url, timeout=PATIENCE_SECONDS)
    connection.putrequest("POST", "/graphql/stream")
    for name, value in (("content-type", "application/json"), ("authorization", f"Bearer {token}")):
        connection.putheader(name, value)
    connection.putheader("content-length", "100")
    connection.endheaders(b'{"')
    return connection


def test_other_paths_are_not_found(live_url: str) -> None:
    connection = HTTPConnection(live_url, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/graphql")

    assert connection.getresponse().status == 404
