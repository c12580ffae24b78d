from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.models import Journey
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.named import checked_key, checked_text

MOST_JOURNEYS: Final = 100


def create_journey(*, actor: Viewer, key: str, name: str, now: datetime) -> Journey:
    """Make a journey that has no version yet.

    Raises: Forbidden; BadInput naming the field; Conflict when the key is taken or there are too many.
    """
    actor.require(Permission.CONFIGURE)
    known, said = checked_key(key), checked_text(name, 200, "name", what="A journey's name")
    if Journey.objects.count() >= MOST_JOURNEYS:
        raise Conflict(f"A brand has {MOST_JOURNEYS} journeys at most.")
    try:
        with transaction.atomic():
            made = Journey.objects.create(key=known, name=said, created_at=now)
    except IntegrityError as error:
        raise Conflict("A journey with this key exists.", field="key") from error
    record_change(
        actor=actor.actor, action="create_journey", subject=subject_of(made), now=now, after={"name": made.name}
    )
    return made


def locked(journey_id: UUID) -> Journey:
    """Read a journey so that nobody else drafts, publishes or retires a version of it meanwhile. Raises: NotFound."""
    journey = Journey.objects.select_for_update(no_key=True).filter(pk=journey_id).first()
    if journey is None:
        raise NotFound("There is no such journey.")
    return journey


def subject_of(journey: Journey) -> Subject:
    return Subject("Journey", journey.id, journey.key)
