"""A worker that is killed while it sends invitations: the next one goes on, and nobody is asked twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.surveys.models import Invitation
from apps.surveys.sending.job import watch_sending
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, swept, work
from tests.surveys.sending.asked import invite, make_campaign, set_sending
from tests.surveys.sending.sink import sinking

pytestmark = pytest.mark.usefixtures("committed")

NAMES = ("ada", "bob", "cleo", "dan", "eve")
# One worker after the other dies here; each but the first two has one more customer behind it when it does.
POINTS = (
    "sending-claimed",
    "sending-before-intent",
    "sending-intended",
    "sending-handed-over",
    "sending-before-record",
    "sending-recorded",
    "job-before-done",
)


def test_senders_killed_at_every_step_are_made_up_for_and_nobody_is_asked_twice(acme: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign()
        due = timezone.now() - timedelta(hours=1)
        for number, name in enumerate(NAMES):
            invite(campaign, name, planned_for=due + timedelta(minutes=number))
        enqueue("send-surveys", {}, now=timezone.now())
    with sinking() as sink:
        for point in POINTS:
            assert work(CX_FAULT=f"{point}:1", EMAIL_URL=sink.url) == KILLED, point
            assert acme.id in swept(), point
        assert work(EMAIL_URL=sink.url) == 0
    # It was written down that Ada is being asked, and nobody knows whether she was.
    assert sink.to == [f"{name}@home.example" for name in NAMES[1:]]
    with brand_tx(acme):
        assert set(Invitation.objects.values_list("state", "sending_since")) == {("SENT", None)}
        unsure = Invitation.objects.filter(why="UNSURE").order_by("planned_for")
        assert list(unsure.values_list("occasion", flat=True)) == ["ada", "bob", "cleo"]
        assert Invitation.objects.filter(token_hash=None).count() == 0
        assert Job.objects.get(kind="send-surveys").state == "DONE"


def test_a_reminder_whose_sender_was_killed_is_not_repeated(acme: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        now = timezone.now()
        sent = {"state": "SENT", "sent_at": now, "expires_at": now + timedelta(days=1)}
        invite(make_campaign(reminders=2), remind_at=now, **sent)
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
        assert Job.objects.filter(kind="send-surveys").count() == 1
