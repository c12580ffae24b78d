"""How connections of hand-offs may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What hand-offs can be ordered by.")
class HandoffOrderField(Enum):
    HANDED_AT = strawberry.enum_value("handed_at", description="When it was handed on.")


@strawberry.input(description="An order of hand-offs.")
class HandoffOrderBy:
    field: HandoffOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


HANDOFF_ORDERS = Orders(input_type=HandoffOrderBy, terms={"handed_at": Term("handed_at", datetime)}, usual="handed_at")
