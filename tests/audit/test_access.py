"""The provider's people in a brand's trail: one row an operation, before it runs; none for the brand's own reads."""

from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.permissions import Role
from cxplatform.audit import trail as writing
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import look, look_again
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.tenancy.brand import BrandRef
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes

READ = "query Look { interactions(first: 1) { totalCount } customers(first: 1) { totalCount } }"


@pytest.fixture
def supervisor(asker: MakeAsker) -> Asker:
    return asker(Role.SUPERVISOR)


def test_a_read_by_the_provider_is_told_with_its_name_and_root_fields(supervisor: Asker, acme: BrandRef) -> None:
    response = supervisor.post(orjson.dumps({"query": READ}))

    (event,) = trail(acme)
    assert (event.action, event.object_type, event.object_label) == ("access", "Query", "Look")
    assert (event.actor_id, event.actor_role, event.of_provider) == (supervisor.member_id, "SUPERVISOR", True)
    assert orjson.loads(event.after) == {"fields": ["customers", "interactions"]}
    assert event.request_id == response["X-Request-Id"]


def test_a_change_by_the_provider_is_told_as_an_access_and_as_a_change_of_one_request(
    supervisor: Asker, acme: BrandRef
) -> None:
    supervisor.data('mutation { recordCustomer(input: {externalId: "c-1"}) { userErrors { code } } }')

    access, change = trail(acme)
    assert (access.action, access.object_type, change.action) == ("access", "Mutation", "record_customer")
    assert access.request_id == change.request_id


def test_what_opens_no_brands_door_is_no_access(supervisor: Asker, acme: BrandRef) -> None:
    supervisor.data("{ me { name } brand { slug } brands { totalCount } __typename }")

    assert trail(acme) == []


def test_the_brands_own_reads_are_not_told(asker: MakeAsker, acme: BrandRef) -> None:
    asker(Role.BRAND_ADMIN).data(READ)

    assert trail(acme) == []


def test_without_its_trace_nothing_is_read(supervisor: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no trail today")

    monkeypatch.setattr(writing, "append", fail)

    answer = supervisor.ask(READ)

    assert codes(answer) == ["INTERNAL"]
    assert "data" not in answer


def test_a_subscription_is_told_once_and_not_with_each_look(supervisor: Asker, acme: BrandRef) -> None:
    bound = Credential(f"Bearer {supervisor.token}", "acme", None).bind()
    followed = "subscription S($id: ID!) { importJobProgressed(id: $id) { state } }"
    request = GraphQLRequest(followed, {"id": "SW1wb3J0Sm9iOjE="}, None)

    look(request, bound)
    look_again(request, [bound])

    (event,) = trail(acme)
    assert (event.object_type, event.object_label) == ("Subscription", "S")


def test_an_import_over_http_is_told_whatever_comes_of_it(supervisor: Asker, acme: BrandRef) -> None:
    answer = Client().get("/import/jobs/unknown", headers={"Authorization": f"Bearer {supervisor.token}"})

    (event,) = trail(acme)
    assert answer.status_code == 404
    assert (event.action, event.object_type, event.object_label) == ("access", "Import", "GET /import/jobs/unknown")


def test_an_import_is_told_when_it_is_submitted_and_when_it_ends(acme: BrandRef, db: None) -> None:
    from cxplatform.audit.actors import OPERATOR
    from cxplatform.imports.submissions import submit_import
    from cxplatform.jobs.runner import run_one

    body = b"external_id\nc-1\nc-2\n"
    job_id = submit_import(
        actor=OPERATOR, brand=acme, kind_name="customers", file_format="csv", pieces=[body], now=timezone.now()
    )
    assert run_one(acme, job_id)

    submitted, finished = trail(acme)
    assert (submitted.action, submitted.actor_role, submitted.object_id) == ("submit_import", "OPERATOR", str(job_id))
    assert (finished.action, finished.actor_role, finished.object_id) == ("finish_import", "SYSTEM", str(job_id))
    assert orjson.loads(finished.after) == {
        "state": "DONE", "rows": 2, "accepted": 2, "updated": 0, "duplicates": 0, "rejected": 0,
    }  # fmt: skip
