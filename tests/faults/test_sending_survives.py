"""A worker that is killed while it sends invitations: the next one goes on, and nobody is asked twice."""

import pytest
from django.utils import timezone

from apps.surveys.models import Invitation
from apps.surveys.sending.job import watch_sending
from cxplatform.jobs.commands import enqueue
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, swept, work
from tests.surveys.sending.asked import invite, make_campaign, set_sending
from tests.surveys.sending.sink import sinking

pytestmark = pytest.mark.usefixtures("committed")

NAMES = ("ada", "bob", "cleo")


@pytest.mark.parametrize(
    ("point", "not_asked", "unsure"),
    [
        ("sending-claimed:1", set(), 0),
        ("sending-before-intent:2", set(), 0),
        # It was written down that it is being sent, and nobody knows whether it was.
        ("sending-intended:2", {"bob"}, 1),
        ("sending-handed-over:2", set(), 1),
        ("sending-before-record:2", set(), 1),
        ("sending-recorded:2", set(), 0),
        ("job-before-done:1", set(), 0),
    ],
)
def test_a_killed_sender_is_made_up_for_and_nobody_is_asked_twice(
    acme: BrandRef, point: str, not_asked: set[str], unsure: int
) -> None:
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign()
        for name in NAMES:
            invite(campaign, name)
        enqueue("send-surveys", {}, now=timezone.now())
    with sinking() as sink:
        assert work(CX_FAULT=point, EMAIL_URL=sink.url) == KILLED
        assert acme.id in swept()
        assert work(EMAIL_URL=sink.url) == 0
    assert sorted(sink.to) == [f"{name}@home.example" for name in NAMES if name not in not_asked]
    with brand_tx(acme):
        assert set(Invitation.objects.values_list("state", "sending_since")) == {("SENT", None)}
        assert Invitation.objects.filter(why="UNSURE").count() == unsure
        assert Invitation.objects.filter(token_hash=None).count() == 0


def test_a_reminder_whose_sender_was_killed_is_not_repeated(acme: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        invite(make_campaign(reminders=2), state="SENT", sent_at=timezone.now(), remind_at=timezone.now())
        enqueue("send-surveys", {}, now=timezone.now())
    with sinking() as sink:
        assert work(CX_FAULT="sending-handed-over:1", EMAIL_URL=sink.url) == KILLED
        assert acme.id in swept()
        assert work(EMAIL_URL=sink.url) == 0
    assert sink.to == ["ada@home.example"]
    with brand_tx(acme):
        assert list(Invitation.objects.values_list("state", "reminded", "sending_since")) == [("SENT", 1, None)]


def test_the_sweep_finds_what_is_due_and_makes_one_job_of_it(acme: BrandRef) -> None:
    with brand_tx(acme):
        invite(make_campaign())
    watch_sending(acme, timezone.now())
    watch_sending(acme, timezone.now())
    with brand_tx(acme):
        from cxplatform.jobs.models import Job

        assert Job.objects.filter(kind="send-surveys").count() == 1
