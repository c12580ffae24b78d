"""Asking for somebody's erasure; it runs inside the brand's door, which the caller opens."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import NotFound
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.tasks import run_jobs
from cxplatform.privacy.catalogue import subject_model
from cxplatform.privacy.models import UNFINISHED, Erasure
from cxplatform.privacy.steps import JOB_KIND
from cxplatform.tenancy.doors import current_brand


def begin_erasure(*, actor: Actor, action: str, subject_id: UUID, now: datetime) -> Erasure:
    """Have somebody erased in the background; the erasure that is under way, if one is. Raises: NotFound."""
    people = subject_model()
    if not people._default_manager.select_for_update(no_key=True).filter(pk=subject_id).exists():
        raise NotFound(f"There is no such {people._meta.verbose_name}.")
    present = Erasure.objects.filter(subject_id=subject_id, state__in=UNFINISHED).first()
    if present is not None:
        return present
    made = Erasure.objects.create(subject_id=subject_id, requested_at=now)
    enqueue(JOB_KIND, {"erasure": str(made.id)}, now=now)
    subject = Subject(people.__name__, subject_id)
    record_change(actor=actor, action=action, subject=subject, now=now, after={"erasure": made.id})
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    return made


def is_being_erased(subjects: Collection[UUID]) -> bool:
    """Tell whether the erasure of any of these people is under way."""
    return Erasure.objects.filter(subject_id__in=subjects, state__in=UNFINISHED).exists()
