"""Asking for somebody's erasure; it runs inside the brand's door, which the caller opens."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.tasks import run_jobs
from cxplatform.privacy.catalogue import people, subject_model
from cxplatform.privacy.models import UNFINISHED, Erasure
from cxplatform.privacy.steps import JOB_KIND
from cxplatform.tenancy.doors import current_brand


def begin_erasure(*, actor: Actor, action: str, subject_id: UUID, now: datetime) -> Erasure:
    """Have somebody erased in the background; the erasure that is under way, if one is.

    Raises: NotFound; Conflict for an identity of somebody, of whom then all would stay but that.
    """
    model = subject_model()
    if not model._default_manager.select_for_update(no_key=True).filter(pk=subject_id).exists():
        raise NotFound(f"There is no such {model._meta.verbose_name}.")
    if not people().filter(pk=subject_id).exists():
        raise Conflict(f"This {model._meta.verbose_name} was merged into another one.", field="id")
    present = Erasure.objects.filter(subject_id=subject_id, state__in=UNFINISHED).first()
    if present is not None:
        return present
    made = Erasure.objects.create(subject_id=subject_id, requested_at=now)
    enqueue(JOB_KIND, {"erasure": str(made.id)}, now=now)
    subject = Subject(model.__name__, subject_id)
    record_change(actor=actor, action=action, subject=subject, now=now, after={"erasure": made.id})
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    return made


def insist_on_none(subjects: Collection[UUID]) -> None:
    """Let nobody's rows change hands while they are erased. Raises: Conflict.

    The caller holds the rows of these people, as asking for an erasure does.
    """
    if Erasure.objects.filter(subject_id__in=list(subjects), state__in=UNFINISHED).exists():
        raise Conflict("One of them is being erased.")
