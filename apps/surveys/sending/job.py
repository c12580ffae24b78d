"""The job of a brand that sends what is due. docs/sending.md says what a crash at each step leaves.

A message is handed over at most once: what may have gone out is taken for sent. Who is asked twice is annoyed for
sure; who is not asked at all is one answer fewer, and a reminder may reach it yet.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from apps.surveys.campaigns.due import claim_due, something_is_due
from apps.surveys.campaigns.reminders import claim_reminders, reminder_is_due
from apps.surveys.models import Invitation, SurveySending
from apps.surveys.sending.handing import Hands
from apps.surveys.sending.preparing import prepare
from apps.surveys.sending.recording import put_off, record_outcome, settle_unknown
from apps.surveys.sending.stored import survey_sending
from cxplatform.faults import reached
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "send-surveys"
# Rules are asked for so many at once; each is then written down, handed over and written down again by itself.
_AT_ONCE: Final = 50


def watch_sending(brand: BrandRef, now: datetime) -> None:
    """Have what is due sent if there is any, and nobody is at it."""
    with brand_tx(brand, read_only=True):
        if not _is_any_due(now):
            return
    with brand_tx(brand):
        unfinished = Job.objects.filter(kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING])
        if not unfinished.exists():
            enqueue(JOB_KIND, {}, now=now)
    run_jobs.wake(brand.id)


def send_due(lease: Lease) -> bool:
    """Send the next that are due; True means there may be more."""
    now = timezone.now()
    if lease.brand is None:
        raise AssertionError(lease)
    with lease.door():
        settle_unknown(now)
        sending = survey_sending()
        due = claim_due(_AT_ONCE, now)
        chosen = [*due, *claim_reminders(_AT_ONCE - len(due), now)] if len(due) < _AT_ONCE else due
    reached("sending-claimed")
    _send(lease, lease.brand, chosen, sending)
    with brand_tx(lease.brand, read_only=True):
        return _is_any_due(now)


def _send(lease: Lease, brand: BrandRef, chosen: Iterable[Invitation], sending: SurveySending | None) -> None:
    """Send what was chosen, one by one. What is of a channel that is down waits, and holds up no other."""
    down: set[str] = set()
    waiting: list[UUID] = []
    with Hands(brand, sending) as hands:
        for row in chosen:
            if row.channel in down:
                waiting.append(row.pk)
            elif _send_one(lease, brand, row.pk, sending, hands):
                down.add(row.channel)
    if waiting:
        with lease.door():
            put_off(waiting, timezone.now())


def _send_one(lease: Lease, brand: BrandRef, invitation_id: UUID, sending: SurveySending | None, hands: Hands) -> bool:
    """Send one, if it is to be sent still; True when its channel turned out to be down."""
    with lease.door():
        message = prepare(invitation_id, sending, timezone.now())
        reached("sending-before-intent")
    if message is None:
        return False
    reached("sending-intended")
    outcome = hands.hand_over(message)
    reached("sending-handed-over")
    # Not the lease's door: whoever lost the lease still says what it knows.
    with brand_tx(brand):
        record_outcome(message, outcome, timezone.now())
        reached("sending-before-record")
    reached("sending-recorded")
    return outcome.is_down


def _is_any_due(now: datetime) -> bool:
    left = Invitation.objects.filter(sending_since__isnull=False)
    return something_is_due(now) or reminder_is_due(now) or left.exists()
