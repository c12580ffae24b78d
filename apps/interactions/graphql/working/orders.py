"""How connections of queues, of agents and of their states may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term

_KEY = Term("key", str, descending=False)


@strawberry.enum(description="What queues can be ordered by.")
class QueueOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of queues.")
class QueueOrderBy:
    field: QueueOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


QUEUE_ORDERS = Orders(input_type=QueueOrderBy, terms={"key": _KEY}, usual="key")


@strawberry.enum(description="What agents can be ordered by.")
class AgentOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of agents.")
class AgentOrderBy:
    field: AgentOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


AGENT_ORDERS = Orders(input_type=AgentOrderBy, terms={"key": _KEY}, usual="key")


@strawberry.enum(description="What states of agents can be ordered by.")
class AgentStateOrderField(Enum):
    FROM_AT = strawberry.enum_value("from_at", description="From when on.")


@strawberry.input(description="An order of states of agents.")
class AgentStateOrderBy:
    field: AgentStateOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


AGENT_STATE_ORDERS = Orders(input_type=AgentStateOrderBy, terms={"from_at": Term("from_at", datetime)}, usual="from_at")


@strawberry.enum(description="What open work can be ordered by.")
class WorkOrderField(Enum):
    SINCE = strawberry.enum_value("since", description="Since when it stands as it does.")


@strawberry.input(description="An order of open work.")
class WorkOrderBy:
    field: WorkOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


WORK_ORDERS = Orders(input_type=WorkOrderBy, terms={"since": Term("since", datetime, descending=False)}, usual="since")
