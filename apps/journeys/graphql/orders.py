"""How connections of touchpoint events may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What touchpoint events can be ordered by.")
class TouchpointEventOrderField(Enum):
    OCCURRED_AT = strawberry.enum_value("occurred_at", description="When it happened.")


@strawberry.input(description="An order of touchpoint events.")
class TouchpointEventOrderBy:
    field: TouchpointEventOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


TOUCHPOINT_EVENT_ORDERS = Orders(
    input_type=TouchpointEventOrderBy, terms={"occurred_at": Term("occurred_at", datetime)}, usual="occurred_at"
)
