"""What is done with a contact that waits for somebody, or that somebody has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.viewer import Viewer
from apps.interactions.commands.assigning import insist_on_room, locked_with_whoever_has_it
from apps.interactions.commands.contacts import IN_HAND, OPEN, TALKING, Happening, happen, insist, locked_contact
from apps.interactions.commands.queues import queue_that_takes
from apps.interactions.refolding import Refolded
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from cxplatform.errors import BadInput, Conflict

_UNTAKEN: Final = OPEN - IN_HAND


def enqueue_interaction(
    *, actor: Viewer, interaction_id: UUID, queue_id: UUID | None = None, priority: str | None = None, now: datetime
) -> Refolded:
    """Let a contact wait in a queue, in the one it was in where none is named; from then on it is worked on here.

    What was put off, or waited for its customer, is so taken back. Raises: Forbidden; NotFound; BadInput where it was
    in no queue; Conflict when somebody has it, it is settled, or the queue is retired.
    """
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, _UNTAKEN, "enqueued")
    happenings: list[Happening] = [(EventKind.QUEUED, {"queue_id": waits_in(its, queue_id)})]
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
    insist(its, TALKING if consult else IN_HAND, "handed on")
    if agent_id is not None and agent_id == its.standing.agent:
        raise Conflict("This agent has it.", field="agent")
    where = {"queue_id": queue_that_takes(queue_id).id} if queue_id else {}
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
_WRAP_UP: Final = _Step("wrap_up_interaction", IN_HAND, "wrapped up", EventKind.WRAPPED_UP)
_ABANDON: Final = _Step("abandon_interaction", {State.QUEUED, State.RINGING}, "abandoned", EventKind.ABANDONED)


def _do(step: _Step, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, step.states, step.what)
    return happen(actor.actor, step.action, its, (step.kind, {}), now=now)


def waits_in(its: Refolded, queue_id: UUID | None) -> UUID | None:
    """Return the queue a contact waits in from now on, None where it stays in the one it was in.

    Raises: NotFound; BadInput where it was in none; Conflict where the queue is retired.
    """
    if queue_id is not None:
        return queue_that_takes(queue_id).id
    if its.standing.queue is None:
        raise BadInput("It was in no queue; say in which it waits.", field="queue")
    return None
