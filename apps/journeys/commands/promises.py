from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.ledger.marks import mark_named
from apps.journeys.models import BrandPromise, Criterion, Department
from apps.journeys.written import LONGEST_MS
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_key, checked_text

MOST_PROMISES: Final = 1_000


def create_promise(
    *, actor: Viewer, key: str, text: str, criterion: str, within_ms: int | None, maker: str, now: datetime
) -> BrandPromise:
    """Say what the brand promises, and which department (by key) does. It is never changed.

    Raises: Forbidden; BadInput naming the field; Conflict when the key is taken or there are too many.
    """
    actor.require(Permission.CONFIGURE)
    known, said = checked_key(key), checked_text(text, 500, "text", what="A promise's text")
    _check(criterion, within_ms)
    department = Department.objects.filter(key=maker.strip()).first()
    if department is None:
        raise BadInput("There is no such department.", field="maker")
    if BrandPromise.objects.count() >= MOST_PROMISES:
        raise Conflict(f"A brand makes {MOST_PROMISES:,} promises at most.")
    columns = {"text": said, "criterion": criterion, "within_ms": within_ms}
    try:
        with transaction.atomic():
            made = BrandPromise.objects.create(key=known, maker=department, created_at=now, **columns)
    except IntegrityError as error:
        raise Conflict("A promise with this key exists.", field="key") from error
    mark_named(made)
    told = {**columns, "maker": department.key}
    record_change(actor=actor.actor, action="create_promise", subject=_subject(made), now=now, after=told)
    return made


def retire_promise(*, actor: Viewer, promise_id: UUID, now: datetime) -> BrandPromise:
    """Let no draft make the promise any more; versions that were published keep it. Raises: Forbidden; NotFound."""
    actor.require(Permission.CONFIGURE)
    promise = BrandPromise.objects.select_for_update(no_key=True).filter(pk=promise_id).first()
    if promise is None:
        raise NotFound("There is no such promise.")
    if promise.retired_at is None:
        promise.retired_at = now
        promise.save(update_fields=["retired_at"])
        record_change(
            actor=actor.actor,
            action="retire_promise",
            subject=_subject(promise),
            now=now,
            before={"retired_at": None},
            after={"retired_at": now},
        )
    return promise


def _check(criterion: str, within_ms: int | None) -> None:
    if (criterion == Criterion.WITHIN) != (within_ms is not None):
        raise BadInput("How long it may take is said for WITHIN, and only for that.", field="within_ms")
    if within_ms is not None and not 1 <= within_ms <= LONGEST_MS:
        raise BadInput("It takes at least a millisecond.", field="within_ms")


def _subject(promise: BrandPromise) -> Subject:
    return Subject("BrandPromise", promise.id, promise.key)
