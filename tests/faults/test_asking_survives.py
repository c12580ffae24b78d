"""Customers asked by a worker that is killed (-9) at any step, and by two at once: each is asked once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections

from apps.customers.models import Customer
from apps.surveys.campaigns.due import claim_due
from apps.surveys.campaigns.inviting import invite_customer
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, Invitation, InvitationEvent
from apps.surveys.sending.outgoing import Fate, Outcome
from apps.surveys.sending.preparing import prepare
from apps.surveys.sending.recording import record_outcome
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, start
from tests.interactions.working.rows import viewer
from tests.surveys.campaigns.asked import NOW, campaign, person, planned, resolved
from tests.surveys.sending.asked import set_sending

pytestmark = pytest.mark.usefixtures("committed")
CUSTOMERS = 5


def closing(act: Callable[[], list[UUID]]) -> list[UUID]:
    """Do something in a thread whose connections nobody uses after."""
    try:
        return act()
    finally:
        connections.close_all()


def happen(brand: BrandRef) -> None:
    """Let a contact of each of five customers be resolved, which two campaigns ask about."""
    with brand_tx(brand):
        for number in range(CUSTOMERS):
            resolved(f"{number}", person(f"{number}"))
        for key in ("one", "two"):
            campaign(key)


def test_a_worker_killed_at_any_step_asks_nobody_twice_and_the_next_asks_the_rest(acme: BrandRef) -> None:
    happen(acme)
    # One worker after the other dies, each a step further than the next would begin.
    points = [
        "invitations-planned:1", "invitations-planned:2", "look-page-committed:1", "invitations-planned:4",
        "invitations-claimed:1", "invitations-told:1", "invitations-committed:1", "invitations-claimed:2",
    ]  # fmt: skip
    output, _ = start("-m", "tests.faults.asking", "acme", *points).communicate(timeout=120)
    assert output.decode().splitlines()[-1] == str([*[KILLED] * len(points), 0])

    with brand_tx(acme, read_only=True):
        assert Invitation.objects.count() == 2 * CUSTOMERS
        asked = InvitationEvent.objects.filter(state="SENT").values_list("invitation__customer__external_id", flat=True)
        assert sorted(asked) == ["0", "1", "2", "3", "4"]
        others = Invitation.objects.filter(state="SUPPRESSED").values_list("why", flat=True)
        assert list(others) == ["COOLDOWN"] * CUSTOMERS
        assert InvitationEvent.objects.filter(state="PLANNED").count() == 2 * CUSTOMERS


def test_whom_somebody_asks_by_hand_while_a_batch_is_being_sent_is_asked_by_one_of_them(acme: BrandRef) -> None:
    happen(acme)
    with brand_tx(acme):
        sending = set_sending(acme)
        by_hand = campaign("by hand", trigger="BY_HAND", channel="LINK").pk
        planned(acme, Campaign.objects.get(key="one"))
        customers = list(Customer.objects.order_by("external_id"))
    with brand_tx(acme):
        taken = [row.pk for row in claim_due(10, NOW)]
    together = Barrier(3)

    def send() -> list[UUID]:
        """Send what was taken, as the job does."""
        together.wait()
        handed_over = []
        for key in taken:
            with brand_tx(acme):
                message = prepare(key, sending, NOW)
            if message is not None:
                with brand_tx(acme):
                    record_outcome(message, Outcome(Fate.TAKEN), NOW)
                handed_over.append(key)
        return handed_over

    def invite(order: int) -> list[UUID]:
        together.wait()
        links = []
        for customer in customers[::order]:
            with brand_tx(acme):
                links.append(invite_customer(actor=viewer(), campaign_id=by_hand, customer_id=customer.pk, now=NOW))
        return [row.pk for row, token in links if token is not None]

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(closing, act) for act in (send, partial(invite, 1), partial(invite, -1))]
        asked = [key for each in asking for key in each.result()]

    with brand_tx(acme, read_only=True):
        sent = Invitation.objects.filter(state="SENT").values_list("customer__external_id", flat=True)
        assert sorted(sent) == ["0", "1", "2", "3", "4"]
        assert set(asked) == set(Invitation.objects.filter(state="SENT").values_list("pk", flat=True))
        assert set(Invitation.objects.exclude(state="SENT").values_list("why", flat=True)) == {"COOLDOWN"}


def test_of_workers_and_campaigns_that_would_ask_the_same_at_once_one_does(acme: BrandRef) -> None:
    happen(acme)
    with brand_tx(acme):
        counted = [campaign(f"counted {number}", quota=4).pk for number in range(2)]
        for each in Campaign.objects.order_by("key"):
            planned(acme, each)
    together = Barrier(4)

    def take(number: int) -> int:
        try:
            together.wait()
            taken = 0
            for _ in range(10):
                with brand_tx(acme):
                    rows = claim_due(3, NOW)
                    advance([row.pk for row in rows], "SENT", NOW)
                    taken += len(rows)
            return taken
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = sum(pool.map(take, range(4)))

    with brand_tx(acme, read_only=True):
        asked = Invitation.objects.filter(state="SENT").values_list("customer__external_id", flat=True)
        assert (taken, sorted(asked)) == (CUSTOMERS, ["0", "1", "2", "3", "4"])
        assert max(Invitation.objects.filter(campaign=key, state="SENT").count() for key in counted) <= 4
        assert set(Invitation.objects.exclude(state="SENT").values_list("why", flat=True)) <= {"COOLDOWN", "QUOTA"}
