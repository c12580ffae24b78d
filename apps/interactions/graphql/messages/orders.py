"""How messages may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What messages can be ordered by.")
class MessageOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it was sent.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")


@strawberry.input(description="An order of messages.")
class MessageOrderBy:
    field: MessageOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


MESSAGE_ORDERS = Orders(
    input_type=MessageOrderBy,
    terms={"at": Term("at", datetime, descending=False), "created_at": Term("created_at", datetime)},
    usual="at",
)
