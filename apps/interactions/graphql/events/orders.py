"""How an interaction's events may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What events of interactions can be ordered by.")
class InteractionEventOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it happened.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")


@strawberry.input(description="An order of events of interactions.")
class InteractionEventOrderBy:
    field: InteractionEventOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


INTERACTION_EVENT_ORDERS = Orders(
    input_type=InteractionEventOrderBy,
    terms={"at": Term("at", datetime, descending=False), "created_at": Term("created_at", datetime)},
    usual="at",
)
