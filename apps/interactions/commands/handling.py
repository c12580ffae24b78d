"""What is done with a contact that somebody has, and what ends it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.accounts.viewer import Viewer
from apps.interactions.commands.assigning import insist_on_room, locked_with_whoever_has_it
from apps.interactions.commands.contacts import OPEN, SETTLED, TALKING, Happening, happen, insist, locked_contact
from apps.interactions.models import Queue, Reason
from apps.interactions.reasons.aliases import canonical
from apps.interactions.refolding import Refolded
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from apps.interactions.work.waking import wake_at
from cxplatform.errors import BadInput, Conflict, NotFound

LONGEST_SNOOZE: Final = timedelta(days=366)
_HANDS: Final = TALKING | {State.WRAP_UP}
_UNTAKEN: Final = OPEN - _HANDS


def enqueue_interaction(
    *, actor: Viewer, interaction_id: UUID, queue_id: UUID, priority: str | None = None, now: datetime
) -> Refolded:
    """Let a contact wait in a queue, from now on; from then on it is worked on here.

    Raises: Forbidden; NotFound; Conflict when somebody has it, it is settled, or the queue is retired.
    """
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, _UNTAKEN, "enqueued")
    queue = _queue(queue_id)
    happenings: list[Happening] = [(EventKind.QUEUED, {"queue_id": queue.id})]
    if priority is not None:
        happenings.insert(0, (EventKind.PRIORITISED, {"priority": priority}))
    return happen(actor.actor, "enqueue_interaction", its, *happenings, now=now, priority=priority)


def transfer_interaction(
    *,
    actor: Viewer,
    interaction_id: UUID,
    consult: bool,
    queue_id: UUID | None = None,
    agent_id: UUID | None = None,
    now: datetime,
) -> Refolded:
    """Hand a contact on: blind to a queue or to wait for an agent, or to an agent who was asked and goes on with it.

    Raises: Forbidden; NotFound; BadInput when it is not said to whom, or to both; Conflict when nobody has it, the
    queue is retired, or the agent who should go on with it is offline or has no room.
    """
    if (queue_id is None) == (agent_id is None):
        raise BadInput("It is handed on to a queue or to an agent.", field="queue" if agent_id is None else "agent")
    if consult and agent_id is None:
        raise BadInput("Who was asked is an agent, not a queue.", field="agent")
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, TALKING if consult else _HANDS, "handed on")
    if agent_id is not None and agent_id == its.standing.agent:
        raise Conflict("This agent has it.", field="agent")
    where = {"queue_id": _queue(queue_id).id} if queue_id else {}
    if agent_id is not None:
        agent = locked_with_whoever_has_it(agent_id, its)
        if consult:
            insist_on_room(agent, its)
        where = {"agent_id": agent.id}
    kind = EventKind.TRANSFERRED_CONSULT if consult else EventKind.TRANSFERRED_BLIND
    return happen(actor.actor, "transfer_interaction", its, (kind, where), now=now, consult=consult)


def hold_interaction(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """Put the customer on hold. Raises: Forbidden; NotFound; Conflict."""
    return _do(_HOLD, actor, interaction_id, now)


def resume_interaction(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """Go on with a customer on hold. Raises: Forbidden; NotFound; Conflict."""
    return _do(_RESUME, actor, interaction_id, now)


def end_interaction(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """End the talk; the work after it begins. Raises: Forbidden; NotFound; Conflict."""
    return _do(_END, actor, interaction_id, now)


def wrap_up_interaction(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """End the work after a talk, and the talk with it. Raises: Forbidden; NotFound; Conflict."""
    return _do(_WRAP_UP, actor, interaction_id, now)


def abandon_interaction(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """Note that the customer gave up waiting. Raises: Forbidden; NotFound; Conflict."""
    return _do(_ABANDON, actor, interaction_id, now)


def snooze_interaction(*, actor: Viewer, interaction_id: UUID, until: datetime, now: datetime) -> Refolded:
    """Put a contact off until a moment, when it waits in its queue again; whoever has it has done with it.

    Raises: Forbidden; NotFound; BadInput for a moment that is past or too far; Conflict.
    """
    if not now < until <= now + LONGEST_SNOOZE:
        raise BadInput("It is put off to a moment to come, at most 366 days away.", field="until")
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, OPEN, "put off")
    snoozed = (EventKind.SNOOZED, {"until": until})
    after = happen(actor.actor, "snooze_interaction", its, *_letting_go(its), snoozed, now=now, until=until)
    wake_at(until, its.id, now=now)
    return after


def _reason(path: str) -> Reason:
    """Return the reason that a path means by now. Raises: BadInput; Conflict where it is retired."""
    meant = canonical([path]).get(path, path)
    found = Reason.objects.filter(path=meant, merged_into=None).first()
    if found is None:
        raise BadInput("There is no such reason.", field="reason")
    if found.retired_at is not None:
        raise Conflict("The reason is retired.", field="reason")
    return found


def resolve_interaction(
    *, actor: Viewer, interaction_id: UUID, reason: str | None = None, resolution: str | None = None, now: datetime
) -> Refolded:
    """Resolve a contact, saying by path why the customer made contact and by a code how it was resolved.

    Whoever has it has done with it. Raises: Forbidden; NotFound; BadInput; Conflict.
    """
    code = (resolution or "").strip() or None
    if code is not None and len(code) > 100:
        raise BadInput("A code has at most 100 characters.", field="resolution")
    found = None if reason is None else _reason(reason)
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, OPEN, "resolved")
    said = {"reason_id": found and found.id, "resolution": code}
    return happen(
        actor.actor,
        "resolve_interaction",
        its,
        *_letting_go(its),
        (EventKind.RESOLVED, said),
        now=now,
        reason=reason,
        resolution=code,
    )


def reopen_interaction(*, actor: Viewer, interaction_id: UUID, queue_id: UUID | None = None, now: datetime) -> Refolded:
    """Open a settled contact again, to wait in a queue: in the one it was in, where none is named.

    Raises: Forbidden; NotFound; BadInput where it was in none; Conflict when it is open, or the queue is retired.
    """
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, SETTLED, "reopened")
    if queue_id is None and its.standing.queue is None:
        raise BadInput("It was in no queue; say in which it waits.", field="queue")
    queue = _queue(queue_id) if queue_id is not None else None
    where = {"queue_id": queue.id} if queue else {}
    return happen(actor.actor, "reopen_interaction", its, (EventKind.REOPENED, where), now=now)


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that needs no more to be said: from which states it may happen, and what then does."""

    action: str
    states: Collection[State]
    what: str
    kind: EventKind


_HOLD: Final = _Step("hold_interaction", {State.ACTIVE}, "put on hold", EventKind.HELD)
_RESUME: Final = _Step("resume_interaction", {State.HELD}, "resumed", EventKind.RESUMED)
_END: Final = _Step("end_interaction", TALKING, "ended", EventKind.ENDED)
_WRAP_UP: Final = _Step("wrap_up_interaction", _HANDS, "wrapped up", EventKind.WRAPPED_UP)
_ABANDON: Final = _Step("abandon_interaction", {State.QUEUED, State.RINGING}, "abandoned", EventKind.ABANDONED)


def _do(step: _Step, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, step.states, step.what)
    return happen(actor.actor, step.action, its, (step.kind, {}), now=now)


def _letting_go(its: Refolded) -> list[Happening]:
    """Return what happens to a contact first that somebody has, when it is put off or settled."""
    return [(EventKind.WRAPPED_UP, {})] if its.standing.state in _HANDS else []


def _queue(queue_id: UUID) -> Queue:
    """Return a queue that takes contacts. Raises: NotFound; Conflict."""
    queue = Queue.objects.filter(pk=queue_id).first()
    if queue is None:
        raise NotFound("There is no such queue.")
    if queue.retired_at is not None:
        raise Conflict("The queue is retired.", field="queue")
    return queue
