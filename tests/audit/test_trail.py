"""What is written down of a change, and when."""

import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from django.db import DatabaseError, connections, transaction

from apps.accounts.permissions import Role
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.models import AuditEvent
from cxplatform.audit.reading import links_of
from cxplatform.audit.trail import Subject, record_change
from cxplatform.audit.verification import Walk
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import MakeAsker

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def note(label: str) -> None:
    record_change(actor=OPERATOR, action="test", subject=Subject("Thing", label=label), now=NOW)


def told(event: AuditEvent) -> tuple[Any, Any]:
    return orjson.loads(event.before or "null"), orjson.loads(event.after or "null")


RECORD = """mutation ($input: RecordCustomerInput!) {
  recordCustomer(input: $input) { customer { id } userErrors { code } } }"""


def test_a_recorded_customer_leaves_one_row_that_names_personal_data_and_does_not_hold_it(
    asker: MakeAsker, acme: BrandRef
) -> None:
    admin = asker(Role.BRAND_ADMIN)

    admin.data(RECORD, {"input": {"externalId": "c-1", "name": "Ada Lovelace", "segment": "gold"}})
    admin.data(RECORD, {"input": {"externalId": "c-1", "name": "Ada King", "phone": "+1", "segment": "silver"}})

    first, second = trail(acme)
    assert (first.action, first.object_type, first.actor_role, first.of_provider) == (
        "record_customer", "Customer", "BRAND_ADMIN", False,
    )  # fmt: skip
    assert (first.actor_id, first.object_label) == (admin.member_id, "")
    assert told(first) == (None, {"name": "(personal)", "segment": "gold"})
    assert told(second) == (
        {"name": "(personal)", "phone": None, "segment": "gold"},
        {"name": "(personal)", "phone": "(personal)", "segment": "silver"},
    )
    assert second.object_id == first.object_id
    assert second.request_id != first.request_id != ""
    assert not any("Ada" in str(vars(event)) for event in (first, second))


def test_what_says_nothing_new_and_what_is_refused_leave_no_row(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    admin.data(RECORD, {"input": {"externalId": "c-1", "segment": "gold"}})

    admin.data(RECORD, {"input": {"externalId": "c-1", "segment": "gold"}})
    refused = admin.data(RECORD, {"input": {"externalId": "c-2", "country": "Atlantis"}})

    assert [error["code"] for error in refused["recordCustomer"]["userErrors"]] == ["UNKNOWN_VALUE"]
    assert [event.sequence for event in trail(acme)] == [1]


def test_a_key_is_told_of_in_the_shared_trail_without_its_secret(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)

    made = admin.data('mutation { createApiKey(input: {name: "night job"}) { token apiKey { id } } }')["createApiKey"]

    event = trail(None)[-1]
    assert (event.action, event.object_type, event.object_label) == ("create_api_key", "ApiKey", "night job")
    assert event.brand_ids == [acme.id]
    assert made["token"].split("_")[2] not in str(vars(event))


@pytest.mark.usefixtures("db")
def test_what_a_rolled_back_savepoint_did_is_not_told(acme: BrandRef) -> None:
    with brand_tx(acme):
        note("kept")
        with suppress(ZeroDivisionError), transaction.atomic():
            note("dropped")
            1 / 0  # noqa: B018  # fails, which is all it is for
        with transaction.atomic():
            note("kept too")

    assert [event.object_label for event in trail(acme)] == ["kept", "kept too"]


@pytest.mark.usefixtures("db")
def test_nothing_is_told_outside_a_door_or_in_one_that_only_reads(acme: BrandRef) -> None:
    with pytest.raises(DoorError):
        note("nowhere")
    with brand_tx(acme, read_only=True), pytest.raises(DoorError):
        note("reading")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("change", [{"action": "other"}, None])
def test_the_brands_role_may_change_no_row_of_its_trail(acme: BrandRef, change: dict[str, str] | None) -> None:
    with brand_tx(acme):
        note("kept")

    with pytest.raises(DatabaseError, match="permission denied"), brand_tx(acme):
        AuditEvent.objects.update(**change) if change else AuditEvent.objects.all()._raw_delete("default")

    assert [event.action for event in trail(acme)] == ["test"]


def test_writers_at_once_make_one_chain(committed: None, acme: BrandRef) -> None:
    def write() -> None:
        for number in range(10):
            with brand_tx(acme):
                note(str(number))
        connections["default"].close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    walk = Walk(acme.schema)
    assert list(walk.findings(links_of(acme))) == []
    assert walk.head.sequence == 80


def test_a_long_transaction_keeps_no_other_waiting(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        note("the long one")

        def other() -> None:
            with brand_tx(acme):
                note("the short one")
            connections["default"].close()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=60)
        assert not thread.is_alive()

    assert [event.object_label for event in trail(acme)] == ["the short one", "the long one"]


def test_of_what_a_contact_is_called_elsewhere_the_trail_keeps_nothing(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    record = """mutation ($input: RecordSurveyResponseInput!) {
      recordSurveyResponse(input: $input) { userErrors { code } } }"""
    answer = {"survey": "nps", "kind": "NPS", "score": 9, "answeredAt": "2026-03-02T10:00:00Z"}

    admin.data(record, {"input": {**answer, "externalId": "zoe-1", "interaction": "zoe@example.com"}})

    (event,) = trail(acme)
    assert told(event)[1]["interaction"] == "(personal)"
    # No word of hexadecimal digits alone, for those of the chain are drawn.
    assert "zoe" not in str(vars(event))
