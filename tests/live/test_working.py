"""queueChanged and interactionUpdated: work as it moves, over a real process and a real Valkey."""

import json
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import ApiKey
from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.models import AgentActivity, Queue
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.interactions.working.rows import agent, at, contact, queue, take, viewer
from tests.live.conftest import person
from tests.live.speaking import closed_with, hear, open_socket, sign_in, subscribe
from tests.live.test_sse import _post, events_of

QUEUE = """subscription($queue: ID!) { queueChanged(queue: $queue) {
  queue { key } waiting oldestWaitingSince inProgress agents { state count } } }"""
INTERACTION = """subscription($id: ID!) { interactionUpdated(id: $id) {
  externalId waitSeconds work { state agent { key } } } }"""


@pytest.fixture
def chat(committed: None, acme: BrandRef) -> Queue:
    with brand_tx(acme):
        return queue("chat")


def told(message: dict[str, Any], field: str) -> dict[str, Any]:
    assert message["type"] == "next", message
    shown: dict[str, Any] = message["payload"]["data"][field]
    return shown


def test_a_queue_is_told_of_when_its_contacts_or_agents_change(live_url: str, acme: BrandRef, chat: Queue) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.BRAND_ADMIN).token)
        subscribe(socket, QUEUE, queue=global_id("Queue", chat.id))
        events = [told(hear(socket), "queueChanged")]
        with brand_tx(acme):
            contact("1", chat, minutes=1)
        events.append(told(hear(socket), "queueChanged"))
        with brand_tx(acme):
            ann = agent("ann", state="BREAK")
        events.append(told(hear(socket), "queueChanged"))
        with brand_tx(acme):
            commands.set_agent_state(actor=viewer(), agent_id=ann.id, state=AgentActivity.AVAILABLE, now=at(2))
            take(ann, 3)
        events.append(told(hear(socket), "queueChanged"))

    seen = [
        (
            each["waiting"],
            each["oldestWaitingSince"],
            each["inProgress"],
            {doing["state"]: doing["count"] for doing in each["agents"] if doing["count"]},
        )
        for each in events
    ]
    assert seen == [
        (0, None, 0, {}),
        (1, at(1).isoformat(), 0, {}),
        (1, at(1).isoformat(), 0, {"BREAK": 1}),
        (0, None, 1, {"ON_CONTACT": 1}),
    ]


def test_an_interaction_is_followed_by_sse_through_work_and_recording(
    live_url: str, acme: BrandRef, chat: Queue
) -> None:
    with brand_tx(acme):
        made, ann = contact("1", chat, minutes=1), agent("ann")
    token = person(acme, Role.SUPERVISOR).token
    body = json.dumps({"query": INTERACTION, "variables": {"id": global_id("Interaction", made.id)}}).encode()

    events = events_of(_post(live_url, body, authorization=f"Bearer {token}"))
    seen = [next(events)]
    with brand_tx(acme):
        take(ann, 3)
    seen.append(next(events))
    with brand_tx(acme):
        values = {"external_id": "1", "channel": "EMAIL", "opened_at": at(0), "subject": "Hello", "wait_seconds": 7.0}
        commands.record_interaction(actor=viewer(Role.BRAND_ADMIN), values=values, now=at(4))
        commands.hold_interaction(actor=viewer(), interaction_id=made.id, now=at(5))
    seen.append(next(events))

    shown = [event["data"]["interactionUpdated"] for _, event in seen]
    assert [(each["work"]["state"], each["work"]["agent"], each["waitSeconds"]) for each in shown] == [
        ("QUEUED", None, None),
        ("ACTIVE", {"key": "ann"}, 120.0),
        ("HELD", {"key": "ann"}, 120.0),
    ]


def test_a_brand_hears_of_its_own_queue_alone(live_url: str, acme: BrandRef, globex: BrandRef, chat: Queue) -> None:
    with brand_tx(globex):
        theirs = queue("chat")
    with open_socket(live_url) as ours, open_socket(live_url) as others:
        for socket, brand, row in ((ours, acme, chat), (others, globex, theirs)):
            sign_in(socket, person(brand, Role.BRAND_ADMIN).token)
            subscribe(socket, QUEUE, queue=global_id("Queue", row.id))
            assert told(hear(socket), "queueChanged")["waiting"] == 0
        subscribe(others, QUEUE, "2", queue=global_id("Queue", chat.id))
        refused = hear(others)
        with brand_tx(globex):
            for number in range(3):
                contact(f"{number}", theirs)
        with brand_tx(acme):
            contact("1", chat)

        assert told(hear(ours), "queueChanged")["waiting"] == 1
        assert told(hear(others), "queueChanged")["waiting"] == 3
    assert [error["extensions"]["code"] for error in refused["payload"]] == ["NOT_FOUND"]


def test_an_agent_follows_its_own_contact_until_it_hands_it_on(live_url: str, acme: BrandRef, chat: Queue) -> None:
    me = person(acme, Role.AGENT)
    with brand_tx(acme):
        made = contact("1", chat)
        mine, other = agent("me", member_id=me.member), agent("other")
        take(mine, 1)
    with open_socket(live_url) as socket:
        sign_in(socket, me.token, brand="acme")
        subscribe(socket, INTERACTION, id=global_id("Interaction", made.id))
        first = told(hear(socket), "interactionUpdated")
        with brand_tx(acme):
            commands.transfer_interaction(
                actor=viewer(), interaction_id=made.id, consult=True, agent_id=other.id, now=at(2)
            )
        last = hear(socket)

    assert first["work"] == {"state": "ACTIVE", "agent": {"key": "me"}}
    assert (last["type"], [error["extensions"]["code"] for error in last["payload"]]) == ("error", ["NOT_FOUND"])


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
def test_who_may_not_look_may_not_follow(live_url: str, acme: BrandRef, chat: Queue, role: Role) -> None:
    with brand_tx(acme):
        made = contact("1", chat)
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, role).token, brand="acme")
        if role is Role.AGENT:
            subscribe(socket, QUEUE, queue=global_id("Queue", chat.id))
        else:
            subscribe(socket, INTERACTION, id=global_id("Interaction", made.id))
        refused = hear(socket)

    assert [error["extensions"]["code"] for error in refused["payload"]] == ["FORBIDDEN"]


def test_whoever_is_revoked_is_gone_though_nothing_happens(live_url: str, acme: BrandRef, chat: Queue) -> None:
    who = person(acme, Role.BRAND_ADMIN, "leaver")
    with open_socket(live_url) as socket:
        sign_in(socket, who.token)
        subscribe(socket, QUEUE, queue=global_id("Queue", chat.id))
        told(hear(socket), "queueChanged")
        with shared_tx():
            ApiKey.objects.filter(pk=who.key).update(revoked_at=timezone.now())
        refused = hear(socket)
        code = closed_with(socket)

    assert [error["extensions"]["code"] for error in refused["payload"]] == ["UNAUTHENTICATED"]
    assert code == 4403
