"""How queues and agents stand now, in a few statements however many contacts are open. Inside the open door."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from apps.interactions.models import AgentSkill, AgentState, Queue, QueueSkill, Work, WorkState
from apps.interactions.models.work import IN_HAND
from apps.interactions.working.routing import fits

MOST_QUEUES: Final = 100
MOST_AGENTS: Final = 500


@dataclass
class LiveQueue:
    """A queue as it stands at an instant; `agents` counts those who can take its contacts, by what they do."""

    queue: Queue
    at: datetime
    waiting: int
    oldest_waiting_since: datetime | None
    in_progress: int
    put_off: int
    agents: Mapping[str, int]

    @property
    def id(self) -> UUID:
        return self.queue.id

    @property
    def longest_wait_seconds(self) -> float:
        """How long the oldest has waited; 0 where none does."""
        since = self.oldest_waiting_since
        return 0.0 if since is None else max((self.at - since).total_seconds(), 0.0)

    @property
    def numbers(self) -> tuple[object, ...]:
        """Return what is worth telling somebody who looks on: all but what moves with the clock alone."""
        return (
            self.queue.name, self.waiting, self.oldest_waiting_since, self.in_progress, self.put_off,
            tuple(sorted(self.agents.items())),
        )  # fmt: skip


def live_queues(queues: "QuerySet[Queue]", *, now: datetime) -> list[LiveQueue]:
    """Return how queues stand, by key; at most 100. Five statements."""
    rows = list(queues.order_by("key")[:MOST_QUEUES])
    counted = _counted([row.id for row in rows])
    agents = _agents_for([row.id for row in rows])
    return [LiveQueue(row, now, agents=agents[row.id], **counted.get(row.id, _NOTHING)) for row in rows]


def states_now(agents: Iterable[UUID]) -> dict[UUID, AgentState]:
    """Return what agents do, by agent; those of whom nothing is known are left out."""
    return {row.agent_id: row for row in AgentState.objects.filter(agent__in=agents, to_at__isnull=True)}


_NOTHING: Final[dict[str, Any]] = {"waiting": 0, "oldest_waiting_since": None, "in_progress": 0, "put_off": 0}


def _counted(queues: Sequence[UUID]) -> dict[UUID | None, dict[str, Any]]:
    waiting, in_hand = Q(state=WorkState.QUEUED), Q(state__in=IN_HAND)
    counted = (
        Work.objects.filter(queue__in=queues)
        .order_by()
        .values("queue")
        .annotate(
            waiting=Count("id", filter=waiting),
            oldest_waiting_since=Min("since", filter=waiting),
            in_progress=Count("id", filter=in_hand),
            put_off=Count("id", filter=~waiting & ~in_hand),
        )
    )
    return {row["queue"]: {name: value for name, value in row.items() if name != "queue"} for row in counted}


def _agents_for(queues: Sequence[UUID]) -> dict[UUID, Counter[str]]:
    """Count who has the skills of each queue by what they do; agents of whom nothing is known are not there."""
    needs: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for queue, skill, level in QueueSkill.objects.filter(queue__in=queues).values_list("queue", "skill", "level"):
        needs[queue][skill] = level
    skills: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    wanted = {skill for each in needs.values() for skill in each}
    for agent, skill, level in AgentSkill.objects.filter(skill__in=wanted).values_list("agent", "skill", "level"):
        skills[agent][skill] = level
    present = list(AgentState.objects.filter(to_at__isnull=True).values_list("agent", "state"))
    return {
        queue: Counter(state for agent, state in present if fits(needs[queue], skills.get(agent, {})))
        for queue in queues
    }
