"""Events of interactions through the API."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import InteractionEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import agent, interaction

RECORD = """mutation($input: RecordInteractionEventInput!) { recordInteractionEvent(input: $input) {
  interactionEvent { kind at agent { key } queue { key } priority reason { path } resolution until
    interaction { externalId timingSource answered waitSeconds talkSeconds humanReplies } }
  userErrors { code field message } } }"""


def record(asker: Asker, kind: str, time: str, **given: Any) -> Any:
    told = {"interaction": "c1", "kind": kind, "at": f"2026-03-02T{time}Z", **given}
    return asker.data(RECORD, {"input": told})["recordInteractionEvent"]


@pytest.fixture
def contact(acme: BrandRef, db: None) -> None:
    with brand_tx(acme):
        interaction("c1")


def count(brand: BrandRef) -> int:
    with brand_tx(brand):
        return InteractionEvent.objects.count()


@pytest.mark.usefixtures("contact")
def test_recording_an_event_tells_the_interactions_durations(admin: Asker) -> None:
    record(admin, "QUEUED", "09:00:00", queue="sales")
    record(admin, "ANSWERED", "09:00:20", agent="ana")

    ended = record(admin, "ENDED", "09:01:20", agent="ana")

    assert ended["userErrors"] == []
    assert ended["interactionEvent"]["interaction"] == {
        "externalId": "c1", "timingSource": "EVENTS", "answered": True, "waitSeconds": 20, "talkSeconds": 60,
        "humanReplies": None,
    }  # fmt: skip


@pytest.mark.usefixtures("contact")
def test_an_interaction_lists_its_events_in_the_order_they_happened(admin: Asker) -> None:
    for kind, time in (("ENDED", "09:05:00"), ("QUEUED", "09:00:00"), ("ANSWERED", "09:01:00")):
        record(admin, kind, time)

    listed = admin.data(
        """{ interactions { nodes { events { nodes { kind } }
          some: events(where: {kind: {oneOf: [QUEUED, ENDED]}}, orderBy: [{field: AT, direction: DESC}]) {
            totalCount nodes { kind } } } } }"""
    )["interactions"]["nodes"]

    assert listed == [
        {
            "events": {"nodes": [{"kind": "QUEUED"}, {"kind": "ANSWERED"}, {"kind": "ENDED"}]},
            "some": {"totalCount": 2, "nodes": [{"kind": "ENDED"}, {"kind": "QUEUED"}]},
        }
    ]


@pytest.mark.usefixtures("contact")
def test_the_same_event_again_is_the_same_one(admin: Asker, acme: BrandRef) -> None:
    first, again = record(admin, "QUEUED", "09:00:00"), record(admin, "QUEUED", "09:00:00")

    assert first == again
    assert count(acme) == 1


@pytest.mark.usefixtures("contact")
def test_an_event_is_never_changed(admin: Asker, acme: BrandRef) -> None:
    record(admin, "QUEUED", "09:00:00", externalId="e1")

    changed = record(admin, "QUEUED", "09:00:10", externalId="e1")

    assert changed["interactionEvent"] is None
    assert [(error["code"], error["field"]) for error in changed["userErrors"]] == [("CONFLICT", "externalId")]
    with brand_tx(acme):
        assert InteractionEvent.objects.get().at.second == 0


def test_an_event_may_be_told_before_its_interaction(admin: Asker) -> None:
    early = record(admin, "ANSWERED", "09:00:20")["interactionEvent"]

    admin.data(
        """mutation { recordInteraction(input: {externalId: "c1", channel: PHONE, openedAt: "2026-03-02T09:00:00Z"}) {
          interaction { id } } }"""
    )

    assert early["interaction"] is None
    assert admin.data("{ interactions { nodes { waitSeconds timingSource } } }")["interactions"]["nodes"] == [
        {"waitSeconds": 20, "timingSource": "EVENTS"}
    ]


def test_whoever_sees_its_own_work_records_and_sees_events_of_that_alone(asker: MakeAsker, acme: BrandRef) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        mine, other = agent("me", me.member_id), agent("other")
        interaction("c1", agent=mine)
        interaction("theirs", agent=other)
        InteractionEvent.objects.create(
            external_id="t", interaction_external_id="theirs", kind="HELD", at="2026-03-02T09:00:00Z"
        )

    recorded = record(me, "HUMAN_REPLIED", "09:02:00", agent="me")
    handed_on = record(me, "TRANSFERRED_BLIND", "09:03:00", agent="other", externalId="x")
    refused = [
        me.ask(RECORD, {"input": {"interaction": "c1", "at": "2026-03-02T09:00:00Z", "kind": "HELD", **given}})
        for given in ({"interaction": "theirs"}, {"agent": "other"}, {"interaction": "nobody-knows"})
    ]

    assert recorded["interactionEvent"]["interaction"]["humanReplies"] == 1
    assert handed_on["userErrors"] == []
    assert [codes(answer) for answer in refused] == [["FORBIDDEN"]] * 3
    assert count(acme) == 3
    seen = me.data("{ interactions { nodes { externalId events { nodes { kind agent { key } } } } } }")
    assert seen["interactions"]["nodes"] == [
        {
            "externalId": "c1",
            "events": {
                "nodes": [
                    {"kind": "HUMAN_REPLIED", "agent": {"key": "me"}},
                    {"kind": "TRANSFERRED_BLIND", "agent": None},
                ]
            },
        }
    ]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
@pytest.mark.usefixtures("contact")
def test_whoever_does_not_record_records_no_events(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    answer = asker(role).ask(RECORD, {"input": {"interaction": "c1", "kind": "HELD", "at": "2026-03-02T09:00:00Z"}})

    assert codes(answer) == ["FORBIDDEN"]
    assert count(acme) == 0
