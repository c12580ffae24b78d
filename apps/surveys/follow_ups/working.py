"""What people do with follow-ups. Each runs in the brand's door; an agent's are those of customers it serves."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.serving import serves
from apps.interactions.models import Agent
from apps.surveys.follow_ups.events import CLOSED, told_follow_ups
from apps.surveys.follow_ups.topics import tell_follow_ups
from apps.surveys.models import DismissedWhy, FollowUp, FollowUpState, RecoveryOutcome
from cxplatform.audit.trail import PERSONAL, Subject, record_change
from cxplatform.errors import BadInput, Conflict, Forbidden, NotFound
from cxplatform.named import checked_text

MOST_NOTE: Final = 5_000
_UNFINISHED: Final = (FollowUpState.OPEN, FollowUpState.IN_PROGRESS)


def take_follow_up(*, actor: Viewer, follow_up_id: UUID, now: datetime) -> FollowUp:
    """Make a follow-up the task of whoever asks. Raises: Forbidden; NotFound; Conflict when another has it."""
    its = _locked(actor, follow_up_id)
    if its.assignee and its.assignee_id != actor.member_id:
        raise Conflict("Somebody has it.")
    return _change(its, actor, "take_follow_up", now, **_given_to(actor.member_id, actor.member_name))


def assign_follow_up(*, actor: Viewer, follow_up_id: UUID, agent: str, now: datetime) -> FollowUp:
    """Make a follow-up an agent's task (by key). Raises: Forbidden; NotFound; BadInput; Conflict when it ended."""
    its = _locked(actor, follow_up_id)
    if actor.only_own_work:
        raise Forbidden("You take follow-ups; others assign them.")
    found = Agent.objects.filter(key=agent).first()
    if found is None:
        raise BadInput("There is no such agent.", field="agent")
    return _change(its, actor, "assign_follow_up", now, **_given_to(found.member_id, found.name or found.key))


def note_follow_up(*, actor: Viewer, follow_up_id: UUID, note: str, now: datetime) -> FollowUp:
    """Write down what there is to say, in place of what was. Raises: Forbidden; NotFound; BadInput; Conflict."""
    its = _locked(actor, follow_up_id)
    return _change(its, actor, "note_follow_up", now, note=_checked_note(note))


def close_follow_up(
    *, actor: Viewer, follow_up_id: UUID, outcome: str, note: str | None = None, now: datetime
) -> FollowUp:
    """Say what came of a follow-up, and so end it. Raises: Forbidden; NotFound; BadInput; Conflict when it ended."""
    its = _locked(actor, follow_up_id)
    said: dict[str, Any] = {} if note is None else {"note": _checked_note(note)}
    if not its.assignee:
        said |= {"assignee_id": actor.member_id, "assignee": actor.member_name[:200]}
    ended = {"state": FollowUpState.DONE, "outcome": RecoveryOutcome(outcome).value, "outcome_at": now}
    return _change(its, actor, "close_follow_up", now, **said, **ended)


def dismiss_follow_up(*, actor: Viewer, follow_up_id: UUID, note: str, now: datetime) -> FollowUp:
    """Say that a follow-up is not needed, and why. Raises: Forbidden; NotFound; BadInput; Conflict when it ended."""
    its = _locked(actor, follow_up_id)
    ended = {"state": FollowUpState.DISMISSED, "dismissed_why": DismissedWhy.BY_HAND}
    return _change(its, actor, "dismiss_follow_up", now, note=_checked_note(note), **ended)


def _locked(actor: Viewer, follow_up_id: UUID) -> FollowUp:
    actor.require(Permission.RECORD)
    its = FollowUp.objects.select_for_update().filter(pk=follow_up_id).first()
    if its is None or not _is_for(actor, its):
        raise NotFound("There is no such follow-up.")
    if its.state not in _UNFINISHED:
        raise Conflict("It has ended.")
    return its


def _is_for(actor: Viewer, its: FollowUp) -> bool:
    if not actor.only_own_work or its.assignee_id == actor.member_id:
        return True
    return its.customer_id is not None and serves(actor.member_id, its.customer_id)


def _given_to(member_id: UUID | None, name: str) -> dict[str, Any]:
    return {"assignee_id": member_id, "assignee": name[:200], "state": FollowUpState.IN_PROGRESS}


def _change(its: FollowUp, actor: Viewer, action: str, now: datetime, **values: Any) -> FollowUp:
    before = {name: getattr(its, name) for name in values}
    for name, value in values.items():
        setattr(its, name, value)
    if before.get("state", its.state) != its.state:
        its.state_since = now
    its.updated_at = now
    its.save()
    subject = Subject("FollowUp", its.id)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=_told(before), after=_told(values))
    if its.state not in _UNFINISHED:
        told_follow_ups(CLOSED, [its], now)
    tell_follow_ups()
    return its


def _told(values: dict[str, Any]) -> dict[str, object]:
    """Say what changed without what was said of the customer."""
    return {name: PERSONAL if name == "note" and value else value for name, value in values.items()}


def _checked_note(note: str) -> str:
    return checked_text(note, MOST_NOTE, "note", what="A note")
