"""What people decide about frictions. Whatever is found later, these decisions stay."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.commands.friction_states import change, checked_note, locked
from apps.journeys.models import Department, Friction, FrictionRule, Touchpoint
from apps.journeys.models import FrictionStatus as Status
from cxplatform.errors import BadInput
from cxplatform.named import checked_text


@dataclass(frozen=True)
class Judged:
    """What a person thinks a friction is; None leaves it as it is."""

    title: str | None = None
    category: str | None = None
    severity: str | None = None


def report_friction(
    *, actor: Viewer, touchpoint: str, title: str, category: str, severity: str, note: str, now: datetime
) -> Friction:
    """Say that it is hard for customers at a touchpoint (by key): known at once, for a person said so.

    Raises: Forbidden; BadInput naming the field.
    """
    actor.require(Permission.CONFIGURE)
    known = Touchpoint.objects.filter(key=touchpoint).first()
    if known is None:
        raise BadInput("There is no such touchpoint.", field="touchpoint")
    friction = Friction(
        touchpoint=known,
        rule=FrictionRule.REPORTED,
        title=_checked_title(title),
        category=category,
        severity=severity,
        created_at=now,
    )
    told = {"touchpoint": known.key, "category": category, "severity": severity}
    return change(
        friction, Status.CONFIRMED, actor=actor.actor, action="report_friction", now=now, note=checked_note(note),
        told=told,
    )  # fmt: skip


def confirm_friction(*, actor: Viewer, friction_id: UUID, judged: Judged, note: str, now: datetime) -> Friction:
    """Say that a friction is one, and what kind of; also of one that was put aside or resolved.

    Raises: Forbidden; NotFound; BadInput; Conflict for one that is confirmed or worked on.
    """
    actor.require(Permission.CONFIGURE)
    friction = locked(friction_id, Status.CONFIRMED)
    if judged.title is not None:
        friction.title = _checked_title(judged.title)
    friction.category, friction.severity = judged.category or friction.category, judged.severity or friction.severity
    friction.done_at = None
    told = {"category": friction.category, "severity": friction.severity}
    return change(
        friction, Status.CONFIRMED, actor=actor.actor, action="confirm_friction", now=now, note=checked_note(note),
        told=told,
    )  # fmt: skip


def dismiss_friction(*, actor: Viewer, friction_id: UUID, note: str, now: datetime) -> Friction:
    """Put a friction aside; what was found comes back only when it is clearly worse.

    Raises: Forbidden; NotFound; BadInput without a note; Conflict for one that is put aside or resolved.
    """
    actor.require(Permission.CONFIGURE)
    friction = locked(friction_id, Status.DISMISSED)
    if not note.strip():
        raise BadInput("Say why it is put aside.", field="note")
    return change(
        friction, Status.DISMISSED, actor=actor.actor, action="dismiss_friction", now=now, note=checked_note(note)
    )


def start_friction(
    *,
    actor: Viewer,
    friction_id: UUID,
    department: str | None,
    assignee: str | None,
    due_on: date | None,
    note: str,
    now: datetime,
) -> Friction:
    """Make a friction somebody's task: of a department (by key; None: as it is), by a day if one is said.

    Without an assignee it is whoever asks. Raises: Forbidden; NotFound; BadInput; Conflict before it is confirmed.
    """
    actor.require(Permission.CONFIGURE)
    friction = locked(friction_id, Status.IN_PROGRESS)
    if department is not None:
        friction.department = Department.objects.filter(key=department).first()
        if friction.department is None:
            raise BadInput("There is no such department.", field="department")
    friction.assignee_id = actor.member_id if assignee is None else None
    friction.assignee = (
        actor.member_name[:200] if assignee is None else checked_text(assignee, 200, "assignee", what="A name")
    )
    friction.due_on, friction.done_at = due_on, None
    told = {"department": friction.department.key if friction.department else None, "due_on": due_on}
    return change(
        friction, Status.IN_PROGRESS, actor=actor.actor, action="start_friction", now=now, note=checked_note(note),
        told=told,
    )  # fmt: skip


def resolve_friction(*, actor: Viewer, friction_id: UUID, note: str, now: datetime) -> Friction:
    """Say that a friction is no more, and its task done.

    Raises: Forbidden; NotFound; BadInput; Conflict for one that was not confirmed.
    """
    actor.require(Permission.CONFIGURE)
    friction = locked(friction_id, Status.RESOLVED)
    friction.done_at = now
    return change(
        friction, Status.RESOLVED, actor=actor.actor, action="resolve_friction", now=now, note=checked_note(note)
    )


def _checked_title(title: str) -> str:
    return checked_text(title, 200, "title", what="A friction's title")
