"""Keep the rows of open work, and what agents do, as the events of contacts say. Runs inside the open door.

Called where events are taken in, and by nothing else, with the contacts locked. A contact is worked on here once an
event of it was made here: what another system works on is not put before our agents.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from apps.interactions.models import Agent, AgentActivity, AgentState, Interaction, Priority, Queue
from apps.interactions.models.dimensions import MOST_PRIORITY
from apps.interactions.models.work import IN_HAND, Work, WorkState
from apps.interactions.timing.events import Event
from apps.interactions.timing.results import Standing
from apps.interactions.topics import queue_topic, tell, tell_interactions
from apps.interactions.work.agent_states import put_into
from apps.interactions.work.wakes import wake_pushing
from cxplatform.tenancy.doors import current_brand

# What the ids of events begin with that working here made.
MADE_HERE: Final = "work:"
_OPEN: Final = frozenset(WorkState.values)
_URGENCY: Final = {priority.value: place for place, priority in enumerate(Priority)}
# What an agent does that its work decides; whoever is on a break or offline stays so.
_FOLLOWING: Final = frozenset({AgentActivity.AVAILABLE, AgentActivity.ON_CONTACT, AgentActivity.WRAP_UP})
_KEPT: Final = ("state", "since", "queue_id", "agent_id", "priority", "rank", "until")


class TakenIn(Protocol):
    """A contact whose events were taken in."""

    @property
    def id(self) -> UUID: ...

    @property
    def standing(self) -> Standing: ...

    @property
    def events(self) -> Sequence[Event]: ...


def keep_work(contacts: Iterable[TakenIn], *, now: datetime) -> None:
    """Store, change or remove the rows of these contacts, let their agents' states follow, and tell who looks on."""
    standings = {its.id: its.standing for its in contacts if _is_worked_on(its)}
    if not standings:
        return
    stored = {row.interaction_id: row for row in Work.objects.filter(interaction__in=standings)}
    opened = {key: standing for key, standing in standings.items() if standing.state in _OPEN}
    wanted = _rows(opened, stored)
    was = {key: _values(row) for key, row in stored.items()}
    changed = [key for key in standings if was.get(key) != (_values(wanted[key]) if key in wanted else None)]
    if changed:
        _write([stored[key] for key in changed if key in stored], [wanted[key] for key in changed if key in wanted])
        touched = [row for rows in (stored, wanted) for key in changed if (row := rows.get(key)) is not None]
        follow({row.agent_id for row in touched if row.agent_id is not None}, now=now)
        _tell(changed, {row.queue_id for row in touched if row.queue_id is not None})


def _is_worked_on(its: TakenIn) -> bool:
    return any(event.key.startswith(MADE_HERE) for event in its.events)


def follow(agent_ids: Iterable[UUID], *, now: datetime) -> None:
    """Lock agents and let those whose work decides what they do, do that."""
    agents = list(Agent.objects.select_for_update(no_key=True).filter(pk__in=set(agent_ids)).order_by("pk"))
    activities = decided_by_work([agent.id for agent in agents])
    states = AgentState.objects.filter(agent__in=agents, to_at__isnull=True).values_list("agent", "state")
    present = dict(states)
    for agent in agents:
        wanted = activities[agent.id]
        if present.get(agent.id) in _FOLLOWING and present[agent.id] != wanted:
            put_into(agent, wanted, now)


def decided_by_work(agent_ids: Sequence[UUID]) -> dict[UUID, AgentActivity]:
    """Return what agents do who are there to work: talk if they talk to anybody, wrap up if that is all there is."""
    held = Work.objects.filter(agent__in=agent_ids, state__in=IN_HAND).values_list("agent", "state").distinct()
    found = dict.fromkeys(agent_ids, AgentActivity.AVAILABLE)
    for agent_id, state in held:
        if state != WorkState.WRAP_UP:
            found[agent_id] = AgentActivity.ON_CONTACT
        elif found[agent_id] is AgentActivity.AVAILABLE:
            found[agent_id] = AgentActivity.WRAP_UP
    return found


def rank_of(priority: str, queue_priority: int) -> int:
    """Return where a contact stands among those that wait: by its own urgency, then by its queue's priority."""
    return _URGENCY[priority] * (MOST_PRIORITY + 1) + queue_priority


def rank_anew(queue: Queue) -> None:
    """Let what waits in a queue stand where its changed priority puts it."""
    for priority in Priority.values:
        rank = rank_of(priority, queue.priority)
        Work.objects.filter(queue=queue, priority=priority).exclude(rank=rank).update(rank=rank)


def _rows(standings: dict[UUID, Standing], stored: dict[UUID, Work]) -> dict[UUID, Work]:
    """Make the rows that open contacts have, with the ids of those they had."""
    new = standings.keys() - stored.keys()
    channels = dict(Interaction.objects.filter(pk__in=new).values_list("pk", "channel")) if new else {}
    queues = {its.queue for its in standings.values() if its.queue is not None}
    priorities = dict(Queue.objects.filter(pk__in=queues).values_list("pk", "priority"))
    rows = {}
    for key, its in standings.items():
        known = stored.get(key)
        priority = its.priority or Priority.NORMAL.value
        row = Work(
            interaction_id=key,
            state=its.state.value,
            since=its.since,
            queue_id=its.queue,
            agent_id=its.agent,
            priority=priority,
            rank=rank_of(priority, 0 if its.queue is None else priorities[its.queue]),
            live=known.live if known else Work.is_live(channels[key]),
            until=its.until,
        )
        if known is not None:
            row.id = known.id
        rows[key] = row
    return rows


def _write(old: list[Work], new: list[Work]) -> None:
    known, kept = {row.id for row in old}, {row.id for row in new}
    Work.objects.filter(pk__in=known - kept).delete()
    Work.objects.bulk_update([row for row in new if row.id in known], _KEPT)
    Work.objects.bulk_create([row for row in new if row.id not in known])


def _values(row: Work) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _KEPT)


def _tell(interactions: Iterable[UUID], queues: Iterable[UUID]) -> None:
    brand_id = current_brand().id
    tell_interactions(interactions)
    tell(queue_topic(brand_id, key) for key in queues)
    wake_pushing()
