"""A contact's way through hands: what may be done when, and what it leaves behind in the contact's own columns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.imports import INTERACTION_EVENTS
from apps.interactions.models import Interaction, InteractionEvent, Reason, Work
from apps.interactions.work.waking import wake_interaction
from cxplatform.errors import BadInput, Conflict, Forbidden, NotFound
from cxplatform.ids import uuid7
from cxplatform.imports.upserts import upsert
from cxplatform.jobs.claims import claim
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import START, activity, agent, at, contact, queue, take, viewer, work

STEPS: dict[str, dict[str, Any]] = {
    "hold": {}, "resume": {}, "end": {}, "wrap_up": {}, "abandon": {}, "resolve": {}, "reopen": {},
    "snooze": {"until": START + timedelta(days=1)},
}  # fmt: skip


def do(step: str, made: Interaction, minutes: float = 5, **given: Any) -> None:
    command: Callable[..., object] = getattr(commands, f"{step}_interaction")
    who = given.pop("who", viewer())
    command(actor=who, interaction_id=made.id, now=at(minutes), **{**STEPS.get(step, {}), **given})


def test_a_call_from_the_queue_to_its_resolution(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        Reason.objects.create(path="Billing", name="Billing")
        call = contact("1", queue(), minutes=0, channel="PHONE")
        ann = agent("ann")
        take(ann, 2)
        do("hold", call, 3)
        do("resume", call, 4)
        do("end", call, 8)
        do("wrap_up", call, 10)
        do("resolve", call, 11, reason="Billing", resolution="refunded")

        call.refresh_from_db()
        assert (call.wait_seconds, call.talk_seconds, call.hold_seconds, call.after_call_seconds) == (120, 300, 60, 120)
        assert (call.answered, call.agent, call.resolved, call.resolved_at) == (True, ann, True, at(11))
        assert call.reason is not None
        assert call.reason.path == "Billing"
        assert InteractionEvent.objects.get(kind="RESOLVED").resolution == "refunded"
        assert (work(), activity(ann)) == ({}, "AVAILABLE")


# From each state, what may be done; all the rest is refused with nothing written.
MAY = {
    "queued": {"abandon", "resolve", "snooze"},
    "active": {"hold", "end", "wrap_up", "resolve", "snooze"},
    "held": {"resume", "end", "wrap_up", "resolve", "snooze"},
    "wrapping": {"wrap_up", "resolve", "snooze"},
    "snoozed": {"resolve", "snooze"},
    "resolved": {"reopen"},
    "abandoned": {"reopen"},
}
BY = {"active": [], "held": ["hold"], "wrapping": ["end"], "resolved": ["resolve"], "snoozed": ["snooze"]}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", MAY)
def test_what_is_impossible_is_refused_by_the_state_and_nothing_is_written(
    db: None, acme: BrandRef, state: str, step: str
) -> None:
    with brand_tx(acme):
        made = contact("1", queue())
        if state == "abandoned":
            do("abandon", made, 1)
        elif state != "queued":
            take(agent("ann"), 1)
            for before in BY[state]:
                do(before, made, 2)
        events = InteractionEvent.objects.count()

        if step in MAY[state]:
            do(step, made)
        else:
            named = {"active": "ACTIVE", "wrapping": "WRAP_UP"}.get(state, state.upper())
            with pytest.raises(Conflict, match=f"The interaction is {named};") as refused:
                do(step, made)
            assert refused.value.field == "interaction"

        assert (InteractionEvent.objects.count() > events) == (step in MAY[state])


def test_a_blind_transfer_waits_in_the_other_queue_and_a_consult_goes_on_talking(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat, mail = queue("chat"), queue("mail")
        one, two = contact("1", chat), contact("2", chat)
        ann, bob = agent("ann", capacity=2), agent("bob")
        take(ann, 1)
        take(ann, 2)

        commands.transfer_interaction(actor=viewer(), interaction_id=one.id, consult=False, queue_id=mail.id, now=at(3))
        commands.transfer_interaction(actor=viewer(), interaction_id=two.id, consult=True, agent_id=bob.id, now=at(4))

        assert work() == {"1": ("QUEUED", None), "2": ("ACTIVE", "bob")}
        assert Work.objects.get(interaction=one).queue == mail
        assert (activity(ann), activity(bob)) == ("AVAILABLE", "ON_CONTACT")
        one.refresh_from_db()
        two.refresh_from_db()
        assert (one.blind_transfers, one.consult_transfers, two.consult_transfers) == (1, 0, 1)
        with pytest.raises(Conflict, match="as many contacts in hand"):
            take(bob, 5)


def test_what_is_handed_to_an_agent_waits_for_that_one_alone_before_all_else(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat = queue(asks={"german": 1})
        made = contact("1", chat, minutes=0)
        contact("2", chat, minutes=1, priority="URGENT")
        ann, bob = agent("ann", has={"german": 1}), agent("bob", has={"german": 1})
        commands.assign_interaction(actor=viewer(), interaction_id=made.id, agent_id=ann.id, now=at(2))
        commands.transfer_interaction(actor=viewer(), interaction_id=made.id, consult=False, agent_id=bob.id, now=at(3))

        assert work() == {"1": ("QUEUED", "bob"), "2": ("QUEUED", None)}
        assert (take(ann, 4), take(bob, 5)) == ("2", "1")


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "queue"), ({"queue": True, "agent": True}, "agent"), ({"queue": True, "consult": True}, "agent")],
)
def test_it_is_handed_to_one_queue_or_one_agent(db: None, acme: BrandRef, given: dict[str, bool], field: str) -> None:
    with brand_tx(acme):
        chat, ann = queue(), agent("ann")
        made = contact("1", chat)
        ids = {"queue_id": chat.id if given.get("queue") else None, "agent_id": ann.id if given.get("agent") else None}

        with pytest.raises(BadInput) as refused:
            commands.transfer_interaction(
                actor=viewer(), interaction_id=made.id, consult=given.get("consult", False), now=at(1), **ids
            )
        assert refused.value.field == field


def test_what_was_put_off_waits_again_when_its_moment_has_come(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = contact("1", queue())
        ann = agent("ann")
        take(ann, 1)
        do("snooze", made, 2, until=at(60))
        assert (work(), activity(ann)) == ({"1": ("SNOOZED", "ann")}, "AVAILABLE")
        assert Job.objects.get().run_after == at(60)

    lease = claim(acme)
    assert lease is not None
    assert wake_interaction(lease[0]) is False

    with brand_tx(acme):
        assert work() == {"1": ("QUEUED", None)}


def test_what_was_taken_up_before_is_not_woken(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made, ann = contact("1", queue()), agent("ann")
        do("snooze", made, 1, until=at(60))
        commands.assign_interaction(actor=viewer(), interaction_id=made.id, agent_id=ann.id, now=at(2))

    lease = claim(acme)
    assert lease is not None
    wake_interaction(lease[0])

    with brand_tx(acme):
        assert work() == {"1": ("ACTIVE", "ann")}


@pytest.mark.parametrize("until", [at(5), at(4), at(5 + 367 * 1440)])
def test_it_is_put_off_to_a_moment_to_come(db: None, acme: BrandRef, until: Any) -> None:
    with brand_tx(acme):
        made = contact("1", queue())
        with pytest.raises(BadInput):
            do("snooze", made, 5, until=until)
        assert not Job.objects.exists()


def test_a_reopened_contact_waits_where_it_was_or_where_it_is_said(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat, mail = queue("chat"), queue("mail")
        made = contact("1", chat)
        do("resolve", made, 1)
        assert work() == {}

        do("reopen", made, 2)
        first = Work.objects.get().queue
        do("resolve", made, 3)
        do("reopen", made, 4, queue_id=mail.id)

        assert (first, Work.objects.get().queue) == (chat, mail)
        made.refresh_from_db()
        assert (made.resolved, made.reopened_at) == (False, [at(2), at(4)])


def test_one_that_was_recorded_as_resolved_can_be_reopened_into_a_queue(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat = queue()
        made = contact("1", resolved=True, resolved_at=at(0.5))
        with pytest.raises(BadInput, match="in no queue"):
            do("reopen", made, 1)

        do("reopen", made, 2, queue_id=chat.id)

        assert work() == {"1": ("QUEUED", None)}


def test_a_retired_queue_takes_nothing_new_and_what_waits_in_it_is_taken(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        chat = queue()
        contact("1", chat)
        commands.retire_queue(actor=viewer(Role.BRAND_ADMIN), queue_id=chat.id, now=at(1))

        with pytest.raises(Conflict, match="The queue is retired"):
            contact("2", chat, minutes=2)
        assert take(agent("ann"), 3) == "1"


def test_an_agent_does_what_it_likes_with_its_own_and_nothing_with_anothers(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        mine, theirs = contact("mine", queue()), contact("theirs")
        member = uuid7()
        me = viewer(Role.AGENT, member)
        ann, bob = agent("ann", member_id=member), agent("bob")
        assert commands.take_next(actor=me, agent_id=None, now=at(1)) is not None
        do("hold", mine, 2, who=me)

        with pytest.raises(NotFound):
            do("resolve", theirs, 3, who=me)
        with pytest.raises(Forbidden):
            commands.take_next(actor=me, agent_id=bob.id, now=at(3))
        commands.transfer_interaction(actor=me, interaction_id=mine.id, consult=True, agent_id=bob.id, now=at(4))
        with pytest.raises((NotFound, Forbidden)):
            do("hold", mine, 5, who=me)
        with pytest.raises(Forbidden):
            do("hold", mine, 5, who=viewer(Role.ANALYST))

        assert (work(), activity(ann)) == ({"mine": ("ACTIVE", "bob")}, "AVAILABLE")


def test_events_told_by_others_move_the_work_and_its_agent(db: None, acme: BrandRef) -> None:
    told = {"source": "import", "interaction": "1"}
    with brand_tx(acme):
        made = contact("1", queue())
        ann = agent("ann")
        take(ann, 1)
        rows = [
            {**told, "external_id": "a", "kind": "ENDED", "at": at(2)},
            {**told, "external_id": "b", "kind": "WRAPPED_UP", "at": at(3)},
            {**told, "external_id": "c", "kind": "WAITING_ON_CUSTOMER", "at": at(3)},
        ]
        upsert(INTERACTION_EVENTS, rows, now=at(4))
        waiting = work()
        upsert(INTERACTION_EVENTS, [{**told, "external_id": "d", "kind": "CUSTOMER_REPLIED", "at": at(9)}], now=at(9))

        assert (waiting, activity(ann)) == ({"1": ("WAITING_ON_CUSTOMER", "ann")}, "AVAILABLE")
        assert work() == {"1": ("QUEUED", None)}
        assert Work.objects.get(interaction=made).since == at(9)


def test_what_another_system_works_on_is_no_work_here(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        contact("1")
        told = {"interaction": "1", "external_id": "a", "kind": "QUEUED", "at": at(1), "queue": "elsewhere"}
        upsert(INTERACTION_EVENTS, [told], now=at(1))

        assert work() == {}
