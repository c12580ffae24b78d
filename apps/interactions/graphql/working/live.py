"""What is going on at this moment: asked for, and followed."""

from collections import defaultdict
from datetime import datetime
from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.dimensions import Agent, Queue
from apps.interactions.graphql.types import Interaction
from apps.interactions.graphql.working.enums import AgentActivity
from apps.interactions.graphql.working.work import Work
from apps.interactions.models.work import IN_HAND
from apps.interactions.topics import agents_topic, interaction_topic, interactions_topic, queue_topic
from apps.interactions.work import live_view
from cxplatform.errors import BadInput, Forbidden, NotFound
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import AnyInfo, Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import live_field, query_field
from cxplatform.graphql.siblings import keep_together

_Keys = Annotated[
    list[str] | None,
    strawberry.argument(description="The queues, by key, at most 100; the first 100 in use by key, when left out."),
]
_QueueId = Annotated[strawberry.ID, strawberry.argument(description="The queue's global id.")]
_InteractionId = Annotated[strawberry.ID, strawberry.argument(description="The interaction's global id.")]


@strawberry.type(description="How many agents do the same.")
class AgentsDoing:
    state: AgentActivity = column("What they do.")
    count: int = column("How many they are.")


def _agents(root: strawberry.Parent[live_view.LiveQueue], info: Info) -> list[AgentsDoing] | None:
    info.context.require(Permission.METRICS_BY_AGENT)
    return [AgentsDoing(state=each, count=root.agents.get(each.name, 0)) for each in AgentActivity]


@strawberry.type(description="A queue as it stands at this moment.")
class LiveQueue:
    queue: Queue = column("The queue.")
    waiting: int = column("How many contacts wait in it.")
    oldest_waiting_since: datetime | None = column("Since when the oldest of them waits; null when none does.")
    longest_wait_seconds: float = column("How long that is; 0 when none waits.")
    in_progress: int = column("How many of its contacts agents have in hand, those being wrapped up among them.")
    put_off: int = column("How many of its contacts are put off or wait for the customer.")
    agents: list[AgentsDoing] | None = strawberry.field(
        resolver=_agents,
        description="What those do who have the skills it asks for; for whoever may look at agents one by one.",
    )


@strawberry.type(description="An agent as it is at this moment.")
class LiveAgent:
    agent: Agent = column("The agent.")
    state: AgentActivity | None = column("What it does; null when nothing is known of it.")
    since: datetime | None = column("Since when.")
    work: list[Work] = column("What it has in hand, the longest as it is first.", price=Price(each=1, times=2))


@strawberry.type
class LiveQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=Price(20, each=1, times=live_view.MOST_QUEUES),
        description="How queues stand at this moment, by key. An agent, who sees its own work alone, is refused.",
    )
    def live_queues(self, info: Info, *, queues: _Keys = None) -> list[LiveQueue] | None:
        if queues is not None and len(queues) > live_view.MOST_QUEUES:
            raise BadInput(f"At most {live_view.MOST_QUEUES} queues are told of at once.", field="queues")
        rows = models.Queue.objects.filter(retired_at__isnull=True)
        if queues is not None:
            rows = models.Queue.objects.filter(key__in=queues)
        return _queues_now(rows, info)

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=Price(20, each=2, times=live_view.MOST_AGENTS),
        description="What agents do at this moment and what they have in hand, the first 500 by key; for whoever may "
        "look at agents one by one, an agent itself alone.",
    )
    def live_agents(self, info: Info) -> list[LiveAgent] | None:
        raw = info._raw_info
        agents = list(Agent.visible(info).order_by("key")[: live_view.MOST_AGENTS])
        info.context.spend_rows(len(agents))
        keep_together(agents)
        states = live_view.states_now(agent.id for agent in agents)
        held: dict[Any, list[Any]] = defaultdict(list)
        wanted = Work.visible(info).filter(agent__in=[agent.id for agent in agents], state__in=IN_HAND)
        for row in Work.load(wanted.order_by("since", "id"), raw, keep=("state", "since")):
            held[row.agent_id].append(row)
        return [_live_agent(agent, states.get(agent.id), held[agent.id]) for agent in agents]


@strawberry.type
class WorkingSubscriptions:
    @live_field(
        requires=Permission.METRICS,
        description="A queue as it stands, now and again whenever its contacts or the agents for it changed; that "
        "longestWaitSeconds grew is no event. NOT_FOUND when there is none.",
    )
    def queue_changed(self, info: Info, queue: _QueueId) -> LiveQueue | None:
        key = key_of(queue, "Queue", field="queue")
        found: Any = _queues_now(models.Queue.objects.filter(pk=key), info)
        if not found:
            raise NotFound("There is no such queue.")
        brand = info.context.need_brand()
        info.context.follow(queue_topic(brand.id, key))
        info.context.follow(agents_topic(brand.id))
        info.context.push_when_changed(found[0].numbers)
        return found[0]  # type: ignore[no-any-return]  # a value, shown as the type

    @live_field(
        requires=Permission.DRILL_DOWN,
        description="An interaction, now and again whenever it changed. NOT_FOUND when there is none, or when it is no "
        "longer yours to see.",
    )
    def interaction_updated(self, info: Info, id: _InteractionId) -> Interaction | None:
        key = key_of(id, "Interaction")
        found = Interaction.find(key, info._raw_info)
        if found is None:
            raise NotFound("There is no such interaction.")
        brand = info.context.need_brand()
        info.context.follow(interaction_topic(brand.id, key))
        info.context.follow(interactions_topic(brand.id))
        return found  # type: ignore[return-value]  # a row, shown as the type


def _queues_now(rows: Any, info: AnyInfo) -> list[LiveQueue]:
    if info.context.rights.only_own_work:
        raise Forbidden("You see your own work alone.")
    found = live_view.live_queues(rows, now=info.context.now)
    info.context.spend_rows(len(found))
    keep_together([each.queue for each in found])
    keep_together(found)  # type: ignore[arg-type]  # values that are read together, as rows are
    return found  # type: ignore[return-value]  # values, shown as the type


def _live_agent(agent: models.Agent, state: models.AgentState | None, work: list[Any]) -> LiveAgent:
    return LiveAgent(
        agent=agent,  # type: ignore[arg-type]  # a row, shown as the type
        state=AgentActivity[state.state] if state else None,
        since=state.from_at if state else None,
        work=work,
    )
