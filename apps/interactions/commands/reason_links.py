"""Linking reasons to the touchpoints at which they arise."""

from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Reason, ReasonTouchpoint
from apps.interactions.placing.anew import place_anew_later
from apps.interactions.reasons import tree
from apps.journeys.models import Touchpoint
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound

MOST_LINKS: Final = 200


def link_reason_to_touchpoint(*, actor: Viewer, reason_id: UUID, touchpoint_id: UUID, now: datetime) -> Reason:
    """Say that a reason arises at a touchpoint; what is linked stays linked.

    Raises: Forbidden; NotFound; Conflict when it was merged or has as many links as it may.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    reason, touchpoint = tree.live(reason_id, "reason"), _touchpoint(touchpoint_id)
    if not reason.touchpoints.filter(touchpoint=touchpoint).exists():
        if reason.touchpoints.count() >= MOST_LINKS:
            raise Conflict(f"A reason is linked to {MOST_LINKS} touchpoints at most.", field="touchpoint")
        ReasonTouchpoint.objects.create(reason=reason, touchpoint=touchpoint, linked_at=now)
        place_anew_later(reason, now)
        _record(actor, "link_reason_to_touchpoint", reason, now, after={"touchpoint": touchpoint.key})
    return reason


def unlink_reason_from_touchpoint(*, actor: Viewer, reason_id: UUID, touchpoint_id: UUID, now: datetime) -> Reason:
    """Say that a reason does not arise at a touchpoint after all; that it was linked stays in the trail.

    Raises: Forbidden; NotFound; Conflict when it was merged.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    reason, touchpoint = tree.live(reason_id, "reason"), _touchpoint(touchpoint_id)
    gone, _ = reason.touchpoints.filter(touchpoint=touchpoint).delete()
    if gone:
        place_anew_later(reason, now)
        _record(
            actor,
            "unlink_reason_from_touchpoint",
            reason,
            now,
            before={"touchpoint": touchpoint.key},
            after={"touchpoint": None},
        )
    return reason


def _touchpoint(touchpoint_id: UUID) -> Touchpoint:
    found = Touchpoint.objects.filter(pk=touchpoint_id).first()
    if found is None:
        raise NotFound("There is no such touchpoint.", field="touchpoint")
    return found


def _record(
    actor: Viewer,
    action: str,
    reason: Reason,
    now: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    subject = Subject("Reason", reason.id, reason.path)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)
