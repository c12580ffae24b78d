"""Customers asked by a worker that is killed (-9) at any step, and by two at once: each is asked once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from apps.surveys.campaigns.due import claim_due
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, Invitation, InvitationEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, start
from tests.surveys.campaigns.asked import NOW, campaign, person, planned, resolved

pytestmark = pytest.mark.usefixtures("committed")
CUSTOMERS = 5


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
