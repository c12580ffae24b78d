"""Put waiting contacts of queues that push before agents who are free. Opens doors itself, one for each contact."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from apps.interactions.commands.assigning import push_to
from apps.interactions.models import AgentSkill, AgentState, QueueAssignment, QueueSkill
from apps.interactions.models.work import IN_HAND, Work, WorkState
from apps.interactions.working.routing import PUSHED_TO, Candidate, Hand, Waiting, match
from cxplatform.faults import reached
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

# Looks at all that waits, so that what was decided upon is not long past when it is done.
_LOOKS = 20
# The first of what waits, by rank and age, are enough for all agents there can be.
_MOST_WAITING = 10_000


def push_waiting(brand: BrandRef) -> int:
    """Give what waits to who is free until nothing more fits; return how many were given."""
    given = 0
    for _ in range(_LOOKS):
        with brand_tx(brand, read_only=True):
            pairs = list(match(_waiting(), _candidates()))
        done = 0
        for work_id, agent_id in pairs:
            with brand_tx(brand):
                done += push_to(agent_id, work_id, now=timezone.now())
                reached("push-given")
            reached("push-committed")
        given += done
        if not done:
            break
    return given


def something_waits() -> bool:
    """Tell whether the open door's brand has contacts that wait to be pushed."""
    return _pushed().exists()


def _pushed() -> "QuerySet[Work]":
    return Work.objects.filter(
        Q(agent__isnull=False) | Q(queue__assignment=QueueAssignment.PUSH), state=WorkState.QUEUED
    )


def _waiting() -> list[Waiting]:
    rows = list(_pushed().order_by("-rank", "since", "id").values_list("id", "live", "queue", "agent")[:_MOST_WAITING])
    needs: dict[UUID | None, dict[UUID, int]] = defaultdict(dict)
    queues = {queue for _, _, queue, _ in rows}
    for queue, skill, level in QueueSkill.objects.filter(queue__in=queues).values_list("queue", "skill", "level"):
        needs[queue][skill] = level
    return [Waiting(key, live, needs[queue], agent) for key, live, queue, agent in rows]


def _candidates() -> list[Candidate]:
    """Read who may be given something, with its skills and what it has in hand."""
    present = AgentState.objects.filter(to_at__isnull=True, state__in=PUSHED_TO)
    rows = list(present.values_list("agent", "agent__capacity", "state", "from_at"))
    ids = [row[0] for row in rows]
    skills: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for agent, skill, level in AgentSkill.objects.filter(agent__in=ids).values_list("agent", "skill", "level"):
        skills[agent][skill] = level
    held = Work.objects.filter(agent__in=ids, state__in=IN_HAND).order_by().values_list("agent")
    counted = held.annotate(talks=Count("id", filter=Q(live=True)), others=Count("id", filter=Q(live=False)))
    hands = {agent: (talks, others) for agent, talks, others in counted}
    return [
        Candidate(agent, skills[agent], state, since, Hand(*hands.get(agent, (0, 0)), capacity))
        for agent, capacity, state, since in rows
    ]
