"""What may become of a friction, and the marks that a change of it leaves."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.journeys.models import Friction, FrictionChange
from apps.journeys.models import FrictionStatus as Status
from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound

LONGEST_NOTE: Final = 1_000
# From which states one may go to each.
_FROM: Final = {
    Status.CONFIRMED: {Status.PROPOSED, Status.DISMISSED, Status.RESOLVED},
    Status.DISMISSED: {Status.PROPOSED, Status.CONFIRMED, Status.IN_PROGRESS},
    Status.IN_PROGRESS: {Status.CONFIRMED, Status.IN_PROGRESS},
    Status.RESOLVED: {Status.CONFIRMED, Status.IN_PROGRESS},
}


def locked(friction_id: UUID, status: Status) -> Friction:
    """Read a friction that is to have another status, so that nobody else changes it. Raises: NotFound; Conflict."""
    friction = Friction.objects.select_for_update(no_key=True).filter(pk=friction_id).first()
    if friction is None:
        raise NotFound("There is no such friction.")
    if Status(friction.status) not in _FROM[status]:
        raise Conflict(f"It is {friction.status}, and cannot become {status}.", field="id")
    return friction


def change(
    friction: Friction,
    status: Status,
    *,
    actor: Actor,
    action: str,
    now: datetime,
    note: str = "",
    told: dict[str, Any] | None = None,
) -> Friction:
    """Give a friction another status and whatever was set on it, and write down that. Its note is for people only."""
    before = {"status": friction.status} if friction.created_at != now else None
    friction.status, friction.status_since, friction.updated_at = status, now, now
    friction.save()
    FrictionChange.objects.create(
        friction=friction, at=now, status=status, note=note, actor_id=actor.member_id, actor_name=actor.name[:200]
    )
    record_change(
        actor=actor,
        action=action,
        subject=Subject("Friction", friction.pk, friction.title),
        now=now,
        before=before,
        after={"status": status.value, **(told or {})},
    )
    return friction


def checked_note(note: str) -> str:
    """Return what somebody said of a decision. Raises: BadInput for more than 1,000 characters."""
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"A note has at most {LONGEST_NOTE:,} characters.", field="note")
    return note.strip()
