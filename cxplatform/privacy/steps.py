"""The job of an erasure: each step erases a few rows and commits; killed at any point, it goes on where it was."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from cxplatform.audit.actors import SYSTEM
from cxplatform.audit.trail import Subject, record_change
from cxplatform.faults import reached
from cxplatform.imports.locks import lock_all_kinds
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import JobState
from cxplatform.privacy.catalogue import subject_model
from cxplatform.privacy.erasing import erase_some
from cxplatform.privacy.leftovers import forget_leftovers, is_under_way
from cxplatform.privacy.mentions import forget_mentions
from cxplatform.privacy.models import UNFINISHED, Erasure
from cxplatform.privacy.tags import ALL_SORTS

JOB_KIND: Final = "erase-person"
WAIT: Final = timedelta(seconds=30)


def erase_next(lease: Lease) -> bool:
    """Erase some rows; True means there may be more. While earlier files are loaded, it comes back later."""
    with lease.door():
        erasure = Erasure.objects.select_for_update().get(pk=lease.args["erasure"])
        if erasure.state not in UNFINISHED:
            return False
        now = timezone.now()
        if is_under_way(erasure.requested_at):
            enqueue(JOB_KIND, lease.args, now=now, run_after=now + WAIT)
            return False
        # Whoever stores rows meanwhile found the person by the keys it had.
        lock_all_kinds()
        if erasure.state == JobState.QUEUED:
            # By what they are called, which the first rows to be erased hold.
            erasure.rows += forget_mentions(erasure.subject_id)
        done = erase_some([erasure.subject_id], ALL_SORTS, now=now)
        erasure.rows, erasure.state = erasure.rows + done, JobState.RUNNING
        if not done:
            forget_leftovers()
            _end(erasure, JobState.DONE)
        erasure.save()
        reached("erasure-before-commit")
    reached("erasure-committed")
    return bool(done)


def note_failure(lease: Lease, reason: str) -> None:
    """Mark the erasure FAILED together with its job; what is erased stays so, and asking again goes on."""
    for erasure in Erasure.objects.select_for_update().filter(pk=lease.args["erasure"], state__in=UNFINISHED):
        _end(erasure, JobState.FAILED)
        erasure.save()


def _end(erasure: Erasure, state: JobState) -> None:
    now = timezone.now()
    erasure.state, erasure.finished_at = state, now
    subject = Subject(subject_model().__name__, erasure.subject_id)
    after = {"erasure": erasure.id, "state": state.value, "rows": erasure.rows}
    record_change(actor=SYSTEM, action="finish_erasure", subject=subject, now=now, after=after)
