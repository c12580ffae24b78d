"""What supervisors see at this moment: queues, agents, and the contacts that are worked on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.models import Interaction
from apps.metrics.recompute import recompute_all
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.interactions.working.rows import agent, at, contact, queue, take, viewer

QUEUES = """{ liveQueues { queue { key } waiting oldestWaitingSince inProgress putOff agents { state count } } }"""
AGENTS = """{ liveAgents { agent { key } state since work { state interaction { externalId } } } }"""


@pytest.fixture
def floor(db: None, acme: BrandRef) -> None:
    """Three wait in chat, one is worked on and one is put off; mail needs German, which only Ann has."""
    with brand_tx(acme):
        chat, mail = queue("chat"), queue("mail", asks={"german": 2})
        for number in range(5):
            contact(f"{number}", chat, minutes=number)
        contact("brief", mail, minutes=2)
        ann, _ = agent("ann", has={"german": 3}, since=1), agent("bob", state="BREAK", since=2)
        agent("cid", state=None)
        take(ann, 6)
        commands.snooze_interaction(
            actor=viewer(),
            interaction_id=Interaction.objects.get(external_id="1").id,
            until=timezone.now() + timedelta(days=1),
            now=timezone.now(),
        )


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {each["state"]: each["count"] for each in told["agents"] if each["count"]}


def test_queues_tell_what_waits_and_who_is_there_for_it(floor: None, admin: Asker) -> None:
    chat, mail = admin.data(QUEUES)["liveQueues"]

    assert (chat["queue"]["key"], chat["waiting"], chat["inProgress"], chat["putOff"]) == ("chat", 3, 1, 1)
    assert chat["oldestWaitingSince"] == at(2).isoformat()
    assert counts(chat) == {"ON_CONTACT": 1, "BREAK": 1}
    assert (mail["waiting"], mail["oldestWaitingSince"]) == (1, at(2).isoformat())
    assert counts(mail) == {"ON_CONTACT": 1}


def test_a_queue_in_which_nobody_waits_says_so(db: None, acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        queue("chat")

    (told,) = admin.data("{ liveQueues { waiting longestWaitSeconds oldestWaitingSince serviceLevel { value } } }")[
        "liveQueues"
    ]

    assert told == {"waiting": 0, "longestWaitSeconds": 0, "oldestWaitingSince": None, "serviceLevel": None}


def test_a_retired_queue_is_told_of_only_by_name(floor: None, acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        commands.retire_queue(actor=viewer(Role.BRAND_ADMIN), queue_id=queue("old").id, now=at(9))

    by_name = admin.data('{ liveQueues(queues: ["old", "mail"]) { queue { key } } }')["liveQueues"]

    assert [each["queue"]["key"] for each in admin.data(QUEUES)["liveQueues"]] == ["chat", "mail"]
    assert [each["queue"]["key"] for each in by_name] == ["mail", "old"]


def test_the_service_level_is_that_of_today(committed: None, acme: BrandRef, asker: MakeAsker) -> None:
    now = timezone.now()
    with brand_tx(acme):
        chat = queue("chat")
        for number, (wait, days) in enumerate([(10, 0), (15, 0), (30, 0), (30, 3)]):
            Interaction.objects.create(
                external_id=f"{number}", channel="PHONE", opened_at=now - timedelta(days=days), queue=chat,
                answered=True, wait_seconds=wait,
            )  # fmt: skip
    recompute_all(acme, now=now)

    told = asker(Role.BRAND_ADMIN).data("{ liveQueues { serviceLevel { value numerator denominator } } }")

    assert told["liveQueues"] == [{"serviceLevel": {"value": pytest.approx(2 / 3), "numerator": 2, "denominator": 3}}]


def test_agents_tell_what_they_do_since_when_and_on_what(floor: None, admin: Asker) -> None:
    ann, bob, cid = admin.data(AGENTS)["liveAgents"]

    assert (ann["state"], ann["since"]) == ("ON_CONTACT", at(6).isoformat())
    assert ann["work"] == [{"state": "ACTIVE", "interaction": {"externalId": "0"}}]
    assert (bob["state"], bob["since"], bob["work"]) == ("BREAK", at(2).isoformat(), [])
    assert cid == {"agent": {"key": "cid"}, "state": None, "since": None, "work": []}


def test_work_is_listed_the_longest_as_it_is_first(floor: None, admin: Asker) -> None:
    listed = admin.data("{ work(where: {state: {eq: QUEUED}}) { nodes { interaction { externalId } queue { key } } } }")

    assert {each["interaction"]["externalId"] for each in listed["work"]["nodes"][:2]} == {"2", "brief"}
    assert len(listed["work"]["nodes"]) == 4


@pytest.mark.parametrize(("page", "most"), [(QUEUES, 16), (AGENTS, 16)])
def test_more_contacts_and_agents_take_no_more_statements(
    floor: None, acme: BrandRef, admin: Asker, page: str, most: int
) -> None:
    admin.data(page)
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connections["default"]) as captured:
            admin.data(page)
        counted.append(len(captured))
        with brand_tx(acme):
            where = queue(f"more-{number}", asks={"german": 1})
            for each in range(5):
                contact(f"more-{number}-{each}", where)
                take(agent(f"more-{number}-{each}", has={"german": 1}))

    assert counted[0] == counted[1] <= most


def test_whoever_may_not_look_at_single_agents_sees_the_queues_alone(floor: None, asker: MakeAsker) -> None:
    reader = asker(Role.VIEWER)

    answer = reader.ask(QUEUES)

    assert codes(answer) == ["FORBIDDEN"] * 2
    assert [(each["waiting"], each["agents"]) for each in answer["data"]["liveQueues"]] == [(3, None), (1, None)]
    assert codes(reader.ask(AGENTS)) == ["FORBIDDEN"]


def test_an_agent_sees_itself_and_no_queue(floor: None, acme: BrandRef, asker: MakeAsker) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        agent("me", member_id=me.member_id, since=3)

    assert codes(me.ask(QUEUES)) == ["FORBIDDEN"]
    assert [each["agent"]["key"] for each in me.data(AGENTS)["liveAgents"]] == ["me"]
    assert me.data("{ work { totalCount } }") == {"work": {"totalCount": 0}}
