"""How connections of policies, of their versions and of targets may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@strawberry.enum(description="What policies can be ordered by.")
class SlaPolicyOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of policies.")
class SlaPolicyOrderBy:
    field: SlaPolicyOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


SLA_POLICY_ORDERS = Orders(input_type=SlaPolicyOrderBy, terms={"key": Term("key", str, descending=False)}, usual="key")


@strawberry.enum(description="What versions of a policy can be ordered by.")
class SlaPolicyVersionOrderField(Enum):
    NUMBER = strawberry.enum_value("number", description="Its place among the policy's versions.")


@strawberry.input(description="An order of versions of a policy.")
class SlaPolicyVersionOrderBy:
    field: SlaPolicyVersionOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


SLA_POLICY_VERSION_ORDERS = Orders(
    input_type=SlaPolicyVersionOrderBy, terms={"number": Term("number", int)}, usual="number"
)


@strawberry.enum(description="What targets can be ordered by.")
class SlaInstanceOrderField(Enum):
    STARTED_AT = strawberry.enum_value("started_at", description="When they started.")


@strawberry.input(description="An order of targets.")
class SlaInstanceOrderBy:
    field: SlaInstanceOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


SLA_INSTANCE_ORDERS = Orders(
    input_type=SlaInstanceOrderBy, terms={"started_at": Term("started_at", datetime)}, usual="started_at"
)
