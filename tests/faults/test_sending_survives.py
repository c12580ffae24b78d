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


def test_of_reminders_whose_sender_was_killed_those_are_sent_again_that_nobody_can_have(acme: BrandRef) -> None:
    with brand_tx(acme):
        set_sending(acme)
        campaign = make_campaign(reminders=1)
        now = timezone.now()
        for number, name in enumerate(NAMES):
            due = now - timedelta(hours=1) + timedelta(minutes=number)
            invite(campaign, name, state="SENT", sent_at=now, expires_at=now + timedelta(days=1), remind_at=due)
        enqueue("send-surveys", {}, now=timezone.now())
    with sinking() as sink:
        for point in ("sending-claimed", "sending-intended", "sending-handed-over"):
            assert work(CX_FAULT=f"{point}:1", EMAIL_URL=sink.url) == KILLED, point
            assert acme.id in swept(), point
        assert work(EMAIL_URL=sink.url) == 0
    # It was written down that Ada is being reminded; Bob was, and that could not be written down any more.
    assert sink.to == [f"{name}@home.example" for name in NAMES[1:]]
    with brand_tx(acme):
        told = Invitation.objects.order_by("occasion").values_list("occasion", "reminded", "why")
        assert list(told) == [
            ("ada", 1, "UNSURE"), ("bob", 1, "UNSURE"), ("cleo", 1, None), ("dan", 1, None), ("eve", 1, None),
        ]  # fmt: skip
        assert set(Invitation.objects.values_list("state", "sending_since", "remind_at")) == {("SENT", None, None)}


def test_the_sweep_finds_what_is_due_and_makes_one_job_of_it(acme: BrandRef) -> None:
    with brand_tx(acme):
        invite(make_campaign())
    watch_sending(acme, timezone.now())
    watch_sending(acme, timezone.now())
    with brand_tx(acme):
        assert Job.objects.filter(kind="send-surveys").count() == 1
