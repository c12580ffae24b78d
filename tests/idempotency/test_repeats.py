"""The same key and body: the same answer and one change. Another body: CONFLICT."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import OperationalError
from django.utils import timezone
from psycopg import errors

from apps.accounts.models import ApiKey
from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import Customer
from cxplatform.audit.models import AuditEvent
from cxplatform.idempotency.models import IdempotentCall
from cxplatform.idempotency.retention import forget_old_answers
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.graphql.conftest import Asker, MakeAsker, codes

RECORD = """mutation ($input: RecordCustomerInput!) {
  recordCustomer(input: $input) { customer { id name } userErrors { code field } } }"""
MAKE_KEY = 'mutation { createApiKey(input: {name: "night job"}) { token userErrors { code } } }'
HEADER = "idempotency-key"


def send(asker: Asker, query: str, key: str | None, variables: dict[str, Any] | None = None, **more: Any) -> Any:
    headers = {} if key is None else {HEADER: key}
    return asker.post(orjson.dumps({"query": query, "variables": variables, **more}), **headers)


def customer(name: str, **more: Any) -> dict[str, Any]:
    return {"input": {"externalId": "c-1", "name": name, **more}}


def kept(brand: BrandRef) -> int:
    with brand_tx(brand, read_only=True):
        return IdempotentCall.objects.count()


def test_a_repeated_call_is_answered_with_the_same_bytes_and_changes_nothing_more(admin: Asker, acme: BrandRef) -> None:
    first = send(admin, RECORD, "k-1", customer("Ada"))
    second = send(admin, RECORD, None, customer("Grace"))
    third = send(admin, RECORD, "k-1", customer("Ada"))

    assert (third.status_code, third.content) == (200, first.content)
    assert b"Grace" in second.content
    assert (first.get("Idempotency-Replayed"), third.get("Idempotency-Replayed")) == (None, "true")
    with brand_tx(acme):
        assert Customer.objects.get().name == "Grace"
        assert AuditEvent.objects.count() == 2


def test_a_secret_that_is_shown_once_is_shown_again_to_the_same_call_and_is_not_to_be_read_in_the_database(
    admin: Asker,
) -> None:
    first, second = send(admin, MAKE_KEY, "k-1"), send(admin, MAKE_KEY, "k-1")

    assert first.content == second.content
    secret = orjson.loads(first.content)["data"]["createApiKey"]["token"].encode()
    with shared_tx():
        call = IdempotentCall.objects.get()
        assert ApiKey.objects.filter(name="night job").count() == 1
    assert secret not in bytes(call.answer)
    assert b"k-1" not in call.key_hash.encode()


@pytest.mark.parametrize(
    ("query", "variables", "more"),
    [
        (RECORD, customer("Grace"), {}),
        (RECORD + " ", customer("Ada"), {}),
        (RECORD.replace("mutation", "mutation Other"), customer("Ada"), {"operationName": "Other"}),
    ],
)
def test_another_request_under_the_same_key_is_a_conflict_and_writes_nothing(
    admin: Asker, acme: BrandRef, query: str, variables: dict[str, Any], more: dict[str, Any]
) -> None:
    send(admin, RECORD, "k-1", customer("Ada"))

    answer = send(admin, query, "k-1", variables, **more)

    assert (answer.status_code, codes(orjson.loads(answer.content))) == (409, ["CONFLICT"])
    with brand_tx(acme):
        assert Customer.objects.get().name == "Ada"


def test_variables_in_another_order_are_the_same_request(admin: Asker) -> None:
    first = send(admin, RECORD, "k-1", {"input": {"externalId": "c-1", "name": "Ada"}})
    second = send(admin, RECORD, "k-1", {"input": {"name": "Ada", "externalId": "c-1"}})

    assert first.content == second.content


def test_a_key_is_its_callers_alone(asker: MakeAsker) -> None:
    ada, grace = asker(Role.BRAND_ADMIN), asker(Role.BRAND_ADMIN)

    first, second = send(ada, MAKE_KEY, "k-1"), send(grace, MAKE_KEY, "k-1")

    assert first.content != second.content
    assert second.get("Idempotency-Replayed") is None


def test_user_errors_are_an_answer_and_are_kept(admin: Asker, acme: BrandRef) -> None:
    first = send(admin, RECORD, "k-1", customer("Ada", country="Atlantis"))
    second = send(admin, RECORD, "k-1", customer("Ada", country="Atlantis"))

    assert b"UNKNOWN_VALUE" in first.content
    assert (second.content, second["Idempotency-Replayed"]) == (first.content, "true")


def test_what_failed_as_a_whole_is_not_kept_and_is_tried_again(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("broken for a moment")

    with monkeypatch.context() as broken:
        broken.setattr(commands, "record_customer", fail)
        failed = send(admin, RECORD, "k-1", customer("Ada"))
    assert codes(orjson.loads(failed.content)) == ["INTERNAL"]
    assert kept(acme) == 0

    again = send(admin, RECORD, "k-1", customer("Ada"))

    assert orjson.loads(again.content)["data"]["recordCustomer"]["customer"]["name"] == "Ada"


def test_what_was_done_in_part_is_kept(admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    both = """mutation { recordCustomer(input: {externalId: "c-1"}) { customer { externalId } }
      recordInteraction(input: {externalId: "i-1", channel: PHONE, openedAt: "2026-03-02T10:00:00Z"}) {
        interaction { externalId } } }"""

    def fail(**_: Any) -> None:
        raise RuntimeError("broken for a moment")

    with monkeypatch.context() as broken:
        broken.setattr("apps.interactions.commands.record_interaction", fail)
        first = send(admin, both, "k-1")
    second = send(admin, both, "k-1")

    assert codes(orjson.loads(first.content)) == ["INTERNAL"]
    assert second.content == first.content


@pytest.mark.parametrize("key", ["", "k" * 256, "schlüssel", "tab\there"])
def test_a_bad_key_is_told_by_its_headers_name(admin: Asker, acme: BrandRef, key: str) -> None:
    answer = send(admin, RECORD, key, customer("Ada"))

    (error,) = orjson.loads(answer.content)["errors"]
    assert answer.status_code == 400
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "field": "Idempotency-Key"}
    with brand_tx(acme):
        assert Customer.objects.count() == 0


def test_a_key_of_255_characters_is_taken(admin: Asker, acme: BrandRef) -> None:
    send(admin, RECORD, "k" * 255, customer("Ada"))

    assert kept(acme) == 1


@pytest.mark.parametrize("key", ["k-1", ""])
def test_on_a_query_the_header_means_nothing(admin: Asker, acme: BrandRef, key: str) -> None:
    answer = send(admin, "{ customers { totalCount } }", key)

    assert orjson.loads(answer.content)["data"] == {"customers": {"totalCount": 0}}
    assert kept(acme) == 0


def test_an_answer_too_large_to_keep_undoes_what_it_tells_of(admin: Asker, acme: BrandRef, settings: Any) -> None:
    settings.CX_IDEMPOTENCY_MAX_BYTES = 20

    answer = send(admin, RECORD, "k-1", customer("Ada"))

    assert (answer.status_code, codes(orjson.loads(answer.content))) == (413, ["PAYLOAD_TOO_LARGE"])
    with brand_tx(acme):
        assert (Customer.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize("cause", [errors.LockNotAvailable(), errors.QueryCanceled()])
def test_a_first_call_that_does_not_end_is_told_of_in_time(
    admin: Asker, monkeypatch: pytest.MonkeyPatch, cause: Exception
) -> None:
    def wait_in_vain(*_: Any) -> None:
        raise OperationalError("timeout") from cause

    monkeypatch.setattr("cxplatform.idempotency.calls._first_or_stored", wait_in_vain)

    answer = send(admin, RECORD, "k-1", customer("Ada"))

    (error,) = orjson.loads(answer.content)["errors"]
    assert (answer.status_code, error["extensions"]) == (503, {"code": "UNAVAILABLE"})
    assert error["message"] == "The first call with this Idempotency-Key is still running; try again."


def test_answers_are_forgotten_a_day_later_in_every_plane(admin: Asker, acme: BrandRef, settings: Any) -> None:
    send(admin, RECORD, "old", customer("Ada"))
    send(admin, MAKE_KEY, "old")
    old = timezone.now() - timedelta(hours=25)
    with brand_tx(acme):
        IdempotentCall.objects.update(created_at=old)
    with shared_tx():
        IdempotentCall.objects.update(created_at=old)
    send(admin, RECORD, "new", customer("Ada"))

    forget_old_answers(acme)
    forget_old_answers()

    assert kept(acme) == 1
    with shared_tx():
        assert IdempotentCall.objects.count() == 0


def test_on_a_socket_the_key_is_an_extension(admin: Asker) -> None:
    from cxplatform.graphql.live.bound import Credential
    from cxplatform.graphql.live.looks import look
    from cxplatform.graphql.live.messages import operation_of

    bound = Credential(f"Bearer {admin.token}", None, None).bind()
    request = operation_of({"query": MAKE_KEY, "extensions": {"idempotencyKey": "k-1"}})

    first, second = look(request, bound), look(request, bound)

    assert b"token" in first.body
    assert second.body == first.body
