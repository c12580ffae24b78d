"""Recording what customers went through at touchpoints, one event at a time."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.journeys.models import Touchpoint, TouchpointEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker
from tests.graphql.rows import agent, customer, interaction

RECORD = """mutation($input: RecordTouchpointEventInput!) { recordTouchpointEvent(input: $input) {
  touchpointEvent { externalId outcome durationMs promise promiseKept attributes occurredAt
    customer { externalId } touchpoint { key } }
  userErrors { code field } } }"""
EVENT = {"externalId": "e1", "customer": "ann", "touchpoint": "checkout", "occurredAt": "2026-03-02T09:00:00Z"}


def test_records_an_event_and_whom_and_what_it_names(admin: Asker) -> None:
    given = {**EVENT, "outcome": "FRICTION", "durationMs": 31000, "promise": "quick", "promiseKept": False,
             "attributes": {"page": 2}}  # fmt: skip

    told = admin.data(RECORD, {"input": given})["recordTouchpointEvent"]

    assert told == {
        "touchpointEvent": {
            "externalId": "e1", "outcome": "FRICTION", "durationMs": 31000, "promise": "quick", "promiseKept": False,
            "attributes": {"page": 2}, "occurredAt": "2026-03-02T09:00:00+00:00", "customer": {"externalId": "ann"},
            "touchpoint": {"key": "checkout"},
        },
        "userErrors": [],
    }  # fmt: skip
    listed = admin.data("{ touchpointEvents { nodes { externalId } } }")
    assert listed == {"touchpointEvents": {"nodes": [{"externalId": "e1"}]}}


def test_the_same_event_again_is_one_and_null_clears(admin: Asker, acme: BrandRef) -> None:
    admin.data(RECORD, {"input": {**EVENT, "outcome": "FAILED"}})
    admin.data(RECORD, {"input": {**EVENT, "outcome": None, "durationMs": 5}})

    with brand_tx(acme):
        assert list(TouchpointEvent.objects.values_list("outcome", "duration_ms")) == [(None, 5)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"durationMs": -1}, ("OUT_OF_RANGE", "durationMs")),
        ({"customer": " "}, ("REQUIRED", "customer")),
        ({"touchpoint": "x" * 101}, ("TOO_LONG", "touchpoint")),
    ],
)
def test_what_an_import_rejects_is_refused_and_nothing_is_written(
    admin: Asker, acme: BrandRef, changed: dict[str, Any], told: tuple[str, str]
) -> None:
    refused = admin.data(RECORD, {"input": {**EVENT, **changed}})["recordTouchpointEvent"]

    assert refused["touchpointEvent"] is None
    assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [told]
    with brand_tx(acme):
        assert not TouchpointEvent.objects.exists()
        assert not Touchpoint.objects.exists()


def test_an_agent_records_what_customers_it_serves_went_through(asker: MakeAsker, acme: BrandRef) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        interaction("mine", agent=agent("me", me.member_id), customer=customer("ann"))
        bobs = TouchpointEvent.objects.create(
            external_id="bobs", customer=customer("bob"), touchpoint=Touchpoint.objects.create(key="app"),
            occurred_at="2026-03-01T09:00:00Z",
        )  # fmt: skip

    recorded = me.data(RECORD, {"input": EVENT})["recordTouchpointEvent"]
    refused = [
        me.ask(RECORD, {"input": {**EVENT, **changed}})
        for changed in ({"customer": "bob"}, {"customer": "nobody"}, {"externalId": "bobs"})
    ]

    assert recorded["touchpointEvent"]["customer"] == {"externalId": "ann"}
    assert [each["errors"][0]["extensions"]["field"] for each in refused] == ["customer", "customer", "externalId"]
    with brand_tx(acme):
        assert set(TouchpointEvent.objects.values_list("external_id", flat=True)) == {"e1", "bobs"}
        assert TouchpointEvent.objects.get(external_id="bobs").touchpoint_id == bobs.touchpoint_id


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_who_does_not_record_records_no_event(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    answer = asker(role).ask(RECORD, {"input": EVENT})

    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    with brand_tx(acme):
        assert not TouchpointEvent.objects.exists()
