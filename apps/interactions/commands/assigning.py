"""Giving contacts to agents: asked for, put before them, or by hand.

Whoever gives an agent something holds the agent's lock, so that nobody gets more than fits; whoever gives something
away holds the contact's, so that nothing is given twice. Who holds an agent's lock and looks for a contact passes over
those that somebody else has locked, and never waits for one: so no two wait for each other.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.viewer import Viewer
from apps.interactions.commands.agent_states import whose
from apps.interactions.commands.contacts import OPEN, TALKING, happen, insist, locked_contact
from apps.interactions.models import Agent, AgentActivity, AgentSkill, Interaction, QueueSkill
from apps.interactions.models.work import IN_HAND, Work, WorkState
from apps.interactions.refolding import Refolded, refold
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from apps.interactions.work.agent_states import locked_agent, state_now
from apps.interactions.working.routing import MAY_TAKE, PUSHED_TO, Hand, fits
from cxplatform.audit.actors import SYSTEM, Actor
from cxplatform.errors import Conflict, NotFound

_ASSIGNABLE: Final = OPEN - TALKING - {State.WRAP_UP}


def take_next(*, actor: Viewer, agent_id: UUID | None, now: datetime) -> Refolded | None:
    """Give an agent the contact that is its next: what waits for it alone, else the highest rank, else the oldest.

    None where none is for it. Raises: Forbidden; NotFound; BadInput; Conflict when it is away or has no room.
    """
    agent = locked_agent(whose(actor, agent_id))
    activity = _activity(agent.id)
    if activity not in MAY_TAKE:
        raise Conflict(f"The agent is {activity}; to take a contact it must be available.", field="agent")
    hand = hand_of(agent)
    if not hand.has_room(live=False):
        raise Conflict("The agent has as many contacts in hand as it may.", field="agent")
    row = _next_for(agent, live=hand.has_room(live=True))
    return None if row is None else _answer(actor.actor, "take_next_interaction", row, agent, now)


def push_to(agent_id: UUID, work_id: UUID, *, now: datetime) -> bool:
    """Put a waiting contact before an agent, if both still are as they were when this was decided."""
    agent = Agent.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=agent_id).first()
    if agent is None or _activity(agent.id) not in PUSHED_TO:
        return False
    row = _locked(Work.objects.filter(Q(agent=None) | Q(agent=agent), pk=work_id))
    if row is None or not hand_of(agent).has_room(live=row.live):
        return False
    _answer(SYSTEM, "push_interaction", row, agent, now)
    return True


def assign_interaction(*, actor: Viewer, interaction_id: UUID, agent_id: UUID | None, now: datetime) -> Refolded:
    """Give a contact to an agent by hand, whatever its skills; without an id to whoever asks.

    Raises: Forbidden; NotFound; BadInput; Conflict when somebody has the contact, or the agent is offline or has no
    room.
    """
    receiver = whose(actor, agent_id)
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, _ASSIGNABLE, "assigned")
    agent = locked_with_whoever_has_it(receiver, its)
    insist_on_room(agent, its)
    return happen(actor.actor, "assign_interaction", its, (EventKind.ANSWERED, {"agent_id": agent.id}), now=now)


def locked_with_whoever_has_it(agent_id: UUID, its: Refolded) -> Agent:
    """Lock who is to get a locked contact and who has it now, in the order in which all do. Raises: NotFound."""
    wanted = {agent_id} if its.standing.agent is None else {agent_id, its.standing.agent}
    agents = Agent.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    found = {each.id: each for each in agents}
    if agent_id not in found:
        raise NotFound("There is no such agent.")
    return found[agent_id]


def insist_on_room(agent: Agent, its: Refolded) -> None:
    """Insist that a locked agent is at work and may have one more. Raises: Conflict."""
    if _activity(agent.id) == AgentActivity.OFFLINE:
        raise Conflict("The agent is offline.", field="agent")
    if not hand_of(agent).has_room(live=Work.is_live(Interaction.objects.get(pk=its.id).channel)):
        raise Conflict("The agent has as many contacts in hand as it may.", field="agent")


def hand_of(agent: Agent) -> Hand:
    """Return what a locked agent has in hand."""
    live = list(Work.objects.filter(agent=agent, state__in=IN_HAND).values_list("live", flat=True))
    return Hand(live.count(True), live.count(False), agent.capacity)


def _activity(agent_id: UUID) -> str:
    state = state_now(agent_id)
    return AgentActivity.OFFLINE if state is None else state.state


def _next_for(agent: Agent, *, live: bool) -> Work | None:
    """Lock the contact that is an agent's next; none that happens now, where there is no room for it."""
    fitting = Work.objects.all() if live else Work.objects.filter(live=False)
    return _locked(fitting.filter(agent=agent)) or _locked(fitting.filter(agent=None, queue__in=_queues_for(agent)))


def _locked(rows: "QuerySet[Work]") -> Work | None:
    """Lock the first contact that waits and that nobody else has locked, with its row of work."""
    waiting = rows.filter(state=WorkState.QUEUED).order_by("-rank", "since", "id").select_related("interaction")
    return waiting.select_for_update(skip_locked=True, no_key=True, of=("self", "interaction")).first()


def _queues_for(agent: Agent) -> list[UUID]:
    """Return the queues with waiting contacts whose skills the agent has."""
    waiting = Work.objects.filter(state=WorkState.QUEUED, agent=None).order_by().values_list("queue", flat=True)
    queues = [queue for queue in waiting.distinct() if queue is not None]
    needs: dict[UUID, dict[UUID, int]] = {queue: {} for queue in queues}
    for queue, skill, level in QueueSkill.objects.filter(queue__in=queues).values_list("queue", "skill", "level"):
        needs[queue][skill] = level
    skills = dict(AgentSkill.objects.filter(agent=agent).values_list("skill", "level"))
    return [queue for queue in queues if fits(needs[queue], skills)]


def _answer(actor: Actor, action: str, row: Work, agent: Agent, now: datetime) -> Refolded:
    (its,) = refold([(row.interaction.source, row.interaction.external_id)], now=now)
    return happen(actor, action, its, (EventKind.ANSWERED, {"agent_id": agent.id}), now=now)
