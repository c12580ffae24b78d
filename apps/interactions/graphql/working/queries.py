import strawberry

from apps.interactions.graphql.dimensions import Agent, Queue
from apps.interactions.graphql.working.filters import AgentWhere, QueueWhere, WorkWhere
from apps.interactions.graphql.working.orders import AGENT_ORDERS, QUEUE_ORDERS, WORK_ORDERS
from apps.interactions.graphql.working.work import Work
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class WorkingQueries:
    queues: Connection[Queue] | None = root_connection(
        Queue, QUEUE_ORDERS, QueueWhere, description="Where contacts wait, by key; retired ones too."
    )
    agents: Connection[Agent] | None = root_connection(
        Agent,
        AGENT_ORDERS,
        AgentWhere,
        description="Who handles contacts, by key; for whoever may look at agents one by one, an agent itself alone.",
    )
    work: Connection[Work] | None = root_connection(
        Work,
        WORK_ORDERS,
        WorkWhere,
        description="The open contacts that are worked on here, the longest as they are first; an agent's own alone.",
    )
