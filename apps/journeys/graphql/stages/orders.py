"""How stage visits, and where customers are, may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What stage visits can be ordered by.")
class StageVisitOrderField(Enum):
    ENTERED_AT = strawberry.enum_value("entered_at", description="When the stage was entered.")


@strawberry.input(description="An order of stage visits.")
class StageVisitOrderBy:
    field: StageVisitOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


STAGE_VISIT_ORDERS = Orders(
    input_type=StageVisitOrderBy,
    terms={"entered_at": Term("entered_at", datetime, descending=False)},
    usual="entered_at",
)


@strawberry.enum(description="What customers' progress can be ordered by.")
class JourneyProgressOrderField(Enum):
    SINCE = strawberry.enum_value("since", description="When the stage was entered.")


@strawberry.input(description="An order of customers' progress.")
class JourneyProgressOrderBy:
    field: JourneyProgressOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


JOURNEY_PROGRESS_ORDERS = Orders(
    input_type=JourneyProgressOrderBy, terms={"since": Term("since", datetime)}, usual="since"
)
