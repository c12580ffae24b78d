"""How connections of customers and of their orders may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What customers can be ordered by.")
class CustomerOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When the record last changed.")
    HEALTH = strawberry.enum_value(
        "health_score",
        description="How it fared when that was last reckoned, within the last day or so: who fares worst first, when"
        " ascending; of whom too little is known, last.",
    )
    EXTERNAL_ID = strawberry.enum_value("external_id", description="The id in the source system.")


@strawberry.input(description="An order of customers.")
class CustomerOrderBy:
    field: CustomerOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CUSTOMER_ORDERS = Orders(
    input_type=CustomerOrderBy,
    terms={
        "created_at": Term("created_at", datetime),
        "updated_at": Term("updated_at", datetime),
        "health_score": Term("health_order", float),
        "external_id": Term("external_id", str),
    },
    usual="created_at",
)


@strawberry.enum(description="What orders can be ordered by.")
class OrderOrderField(Enum):
    ORDERED_AT = strawberry.enum_value("ordered_at", description="When it was ordered.")


@strawberry.input(description="An order of orders.")
class OrderOrderBy:
    field: OrderOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


ORDER_ORDERS = Orders(input_type=OrderOrderBy, terms={"ordered_at": Term("ordered_at", datetime)}, usual="ordered_at")
