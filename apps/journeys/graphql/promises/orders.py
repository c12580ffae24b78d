"""How connections of outcomes may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What outcomes can be ordered by.")
class PromiseOutcomeOrderField(Enum):
    OCCURRED_AT = strawberry.enum_value("occurred_at", description="When it was kept or broken.")


@strawberry.input(description="An order of outcomes.")
class PromiseOutcomeOrderBy:
    field: PromiseOutcomeOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


PROMISE_OUTCOME_ORDERS = Orders(
    input_type=PromiseOutcomeOrderBy, terms={"occurred_at": Term("occurred_at", datetime)}, usual="occurred_at"
)
