"""Whose a contact becomes: the order they are taken in, skills, room, and what is told when it cannot be."""

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.models import AgentActivity, Interaction, QueueAssignment
from apps.interactions.work.pushing import push_waiting
from cxplatform.audit.models import AuditEvent
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import activity, agent, at, contact, queue, take, viewer, work


def test_the_most_urgent_is_taken_first_then_the_higher_queues_then_the_oldest(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat, mail = queue("chat", priority=5), queue("mail", priority=1)
        contact("mail-old", mail, minutes=0)
        contact("chat-new", chat, minutes=3)
        contact("chat-old", chat, minutes=2)
        contact("mail-urgent", mail, minutes=4, priority="URGENT")
        ann = agent("ann", capacity=5)

        assert [take(ann, 5 + n) for n in range(5)] == ["mail-urgent", "chat-old", "chat-new", "mail-old", None]


def test_a_queue_that_moves_up_takes_along_what_waits_in_it(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat, mail = queue("chat", priority=5), queue("mail", priority=1)
        contact("mail", mail)
        contact("chat", chat)

        commands.update_queue(actor=viewer(Role.BRAND_ADMIN), queue_id=mail.id, values={"priority": 9}, now=at(1))

        assert take(agent("ann"), 2) == "mail"


def test_nobody_takes_what_it_has_not_the_skills_for(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        german = queue("german", asks={"german": 3, "billing": 1})
        contact("1", german)
        nearly, able = agent("nearly", has={"german": 2, "billing": 5}), agent("able", has={"german": 3, "billing": 1})

        assert (take(nearly), take(able)) == (None, "1")


def test_an_agent_has_one_call_or_as_many_others_as_it_may(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        everything = queue()
        contact("call", everything, minutes=0, channel="PHONE")
        for number in range(3):
            contact(f"mail-{number}", everything, minutes=1 + number)
        ann, bob = agent("ann", capacity=2), agent("bob", capacity=2)

        assert take(ann, 5) == "call"
        with pytest.raises(Conflict, match="as many contacts in hand as it may"):
            take(ann, 6)
        assert [take(bob, 7), take(bob, 8)] == ["mail-0", "mail-1"]
        with pytest.raises(Conflict, match="as many contacts in hand as it may"):
            take(bob, 9)


def test_a_call_is_passed_over_by_whoever_writes_to_somebody(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        everything = queue()
        contact("mail-0", everything, minutes=0)
        ann = agent("ann", capacity=2)
        take(ann)
        contact("call", everything, minutes=2, channel="PHONE")
        contact("mail-1", everything, minutes=3)

        assert take(ann, 4) == "mail-1"


@pytest.mark.parametrize("state", ["BREAK", "OFFLINE", None])
def test_whoever_is_away_takes_nothing_and_is_told_why(db: None, acme: BrandRef, state: str | None) -> None:
    with brand_tx(acme):
        contact("1", queue())
        ann = agent("ann", state=state)

        with pytest.raises(Conflict, match=f"The agent is {state or 'OFFLINE'}"):
            take(ann)
        assert work() == {"1": ("QUEUED", None)}


def test_by_hand_it_goes_to_whoever_is_named_whatever_its_skills(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = contact("1", queue(asks={"german": 5}))
        ann, away = agent("ann", state="BREAK"), agent("away", state="OFFLINE")

        with pytest.raises(Conflict, match="offline"):
            commands.assign_interaction(actor=viewer(), interaction_id=made.id, agent_id=away.id, now=at(1))
        commands.assign_interaction(actor=viewer(), interaction_id=made.id, agent_id=ann.id, now=at(2))

        assert work() == {"1": ("ACTIVE", "ann")}
        with pytest.raises(Conflict, match="The interaction is ACTIVE; to be assigned it must be one of QUEUED"):
            commands.assign_interaction(actor=viewer(), interaction_id=made.id, agent_id=ann.id, now=at(3))


def test_what_waits_in_a_queue_that_pushes_goes_to_the_longest_idle(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        pushed, pulled = queue("pushed", assignment=QueueAssignment.PUSH), queue("pulled")
        for number in range(4):
            contact(f"{number}", pushed, minutes=20 + number)
        contact("pulled", pulled, minutes=1)
        agent("late", since=10)
        agent("early", since=5)
        agent("away", since=1, state="BREAK")

    assert (push_waiting(acme), push_waiting(acme)) == (2, 0)

    with brand_tx(acme):
        waiting = ("QUEUED", None)
        given = {"0": ("ACTIVE", "early"), "1": ("ACTIVE", "late")}
        assert work() == {**given, "2": waiting, "3": waiting, "pulled": waiting}
        pushes = AuditEvent.objects.filter(action="push_interaction")
        assert {(event.actor_role, event.object_label) for event in pushes} == {("SYSTEM", "")}
        pushed_ids = {str(row.pk) for row in Interaction.objects.filter(external_id__in=["0", "1"])}
        assert {event.object_id for event in pushes} == pushed_ids


def test_what_an_agent_does_follows_its_work(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat = queue()
        one, _ = contact("1", chat, minutes=0), contact("2", chat, minutes=1)
        ann = agent("ann", capacity=2)
        seen = [activity(ann)]
        take(ann, 2)
        take(ann, 3)
        seen.append(activity(ann))
        commands.end_interaction(actor=viewer(), interaction_id=one.id, now=at(4))
        seen.append(activity(ann))
        two = Interaction.objects.get(external_id="2").id
        commands.end_interaction(actor=viewer(), interaction_id=two, now=at(5))
        seen.append(activity(ann))
        commands.wrap_up_interaction(actor=viewer(), interaction_id=one.id, now=at(6))
        commands.resolve_interaction(actor=viewer(), interaction_id=two, now=at(7))
        seen.append(activity(ann))

        assert seen == ["AVAILABLE", "ON_CONTACT", "ON_CONTACT", "WRAP_UP", "AVAILABLE"]
        assert work() == {}


def test_whoever_goes_on_a_break_stays_there_and_comes_back_to_what_it_has(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        one = contact("1", queue())
        ann = agent("ann")
        take(ann)
        commands.set_agent_state(actor=viewer(), agent_id=ann.id, state=AgentActivity.BREAK, now=at(2))
        commands.hold_interaction(actor=viewer(), interaction_id=one.id, now=at(3))
        away = activity(ann)

        commands.set_agent_state(actor=viewer(), agent_id=ann.id, state=AgentActivity.AVAILABLE, now=at(4))

        assert (away, activity(ann)) == ("BREAK", "ON_CONTACT")
