"""Waiting for a customer, and what ends it: who had the contact is free, and clocks of resolution stand still."""

import pytest

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.commands.slas import create_sla_policy
from apps.interactions.models import Interaction, InteractionEvent, SlaInstance
from apps.interactions.sla.written import Written, WrittenTarget
from apps.interactions.slas.renewal import renew
from cxplatform.errors import BadInput, Conflict, Forbidden
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import activity, agent, at, contact, queue, take, viewer, work


def wait(made: Interaction, minutes: float, role: Role = Role.SUPERVISOR) -> None:
    commands.wait_on_customer(actor=viewer(role), interaction_id=made.id, now=at(minutes))


def reply(made: Interaction, minutes: float) -> None:
    commands.record_message(
        actor=viewer(),
        values={
            "interaction": made.external_id, "external_id": "r", "author": "CUSTOMER", "at": at(minutes), "text": "Yes",
        },
        now=at(minutes),
    )  # fmt: skip


def test_who_had_it_is_free_and_the_reply_puts_it_back_where_it_was(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made, ann = contact("1", queue()), agent("ann")
        take(ann, 1)

        wait(made, 5)
        waiting, free = work(), activity(ann)
        reply(made, 60)

        assert (waiting, free) == ({"1": ("WAITING_ON_CUSTOMER", "ann")}, "AVAILABLE")
        assert work() == {"1": ("QUEUED", None)}


def test_somebody_may_put_it_back_without_naming_its_queue(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = contact("1", queue("chat"))
        wait(made, 5)

        after = commands.enqueue_interaction(actor=viewer(), interaction_id=made.id, now=at(9))

        assert (after.standing.state, after.standing.since) == ("QUEUED", at(9))
        assert after.standing.queue == Interaction.objects.get(pk=made.pk).queue_id


def test_what_was_in_no_queue_must_be_told_which(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = contact("1")

        with pytest.raises(BadInput, match="in no queue"):
            commands.enqueue_interaction(actor=viewer(), interaction_id=made.id, now=at(1))

        assert not InteractionEvent.objects.exists()


def test_it_is_waited_for_once_and_not_when_settled(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made, settled = contact("1", queue("chat")), contact("2", queue("mail"))
        wait(made, 1)
        commands.resolve_interaction(actor=viewer(), interaction_id=settled.id, now=at(1))
        events = InteractionEvent.objects.count()

        for refused in (made, settled):
            with pytest.raises(Conflict, match="to be waiting on its customer"):
                wait(refused, 2)
        with pytest.raises(Forbidden):
            wait(made, 2, Role.ANALYST)

        assert InteractionEvent.objects.count() == events


def test_the_clock_of_resolution_stands_still_meanwhile(committed: None, acme: BrandRef) -> None:
    hour = WrittenTarget("TOTAL_RESOLUTION", business=False, seconds={"NORMAL": 3_600})
    with brand_tx(acme):
        create_sla_policy(
            actor=viewer(Role.BRAND_ADMIN), key="p", name="", calendar_id=None, effective_from=at(-1), now=at(0),
            written=Written(rank=1, targets=[hour]),
        )  # fmt: skip
        made = contact("1", queue())
        wait(made, 20)
    renew(acme)
    with brand_tx(acme):
        paused = SlaInstance.objects.get()
        assert (paused.paused_at, paused.due_at) == (at(20), None)
        commands.enqueue_interaction(actor=viewer(), interaction_id=made.id, now=at(50))
    renew(acme)

    with brand_tx(acme):
        going = SlaInstance.objects.get()
        assert (going.paused_at, going.due_at) == (None, at(90))
