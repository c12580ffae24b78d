"""How connections of interactions may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What interactions can be ordered by.")
class InteractionOrderField(Enum):
    OPENED_AT = strawberry.enum_value("opened_at", description="When the contact began.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When the record last changed.")


@strawberry.input(description="An order of interactions.")
class InteractionOrderBy:
    field: InteractionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


INTERACTION_ORDERS = Orders(
    input_type=InteractionOrderBy,
    terms={name: Term(name, datetime) for name in ("opened_at", "created_at", "updated_at")},
    usual="opened_at",
)
