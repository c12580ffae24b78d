"""How connections of reasons, of their versions and of their links may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What reasons can be ordered by.")
class ReasonOrderField(Enum):
    PATH = strawberry.enum_value("path", description="The path: what lies below a reason follows it.")


@strawberry.input(description="An order of reasons.")
class ReasonOrderBy:
    field: ReasonOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


REASON_ORDERS = Orders(input_type=ReasonOrderBy, terms={"path": Term("path", str, descending=False)}, usual="path")


@strawberry.enum(description="What versions of reasons can be ordered by.")
class ReasonVersionOrderField(Enum):
    NUMBER = strawberry.enum_value("number", description="The number of the tree's version.")
    PATH = strawberry.enum_value("path", description="The path it had.")


@strawberry.input(description="An order of versions of reasons.")
class ReasonVersionOrderBy:
    field: ReasonVersionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


_VERSION_TERMS = {"number": Term("number", int), "path": Term("path", str, descending=False)}
REASON_VERSION_ORDERS = Orders(input_type=ReasonVersionOrderBy, terms=_VERSION_TERMS, usual="number")
PAST_TREE_ORDERS = Orders(input_type=ReasonVersionOrderBy, terms=_VERSION_TERMS, usual="path")


@strawberry.enum(description="What links between reasons and touchpoints can be ordered by.")
class ReasonTouchpointOrderField(Enum):
    LINKED_AT = strawberry.enum_value("linked_at", description="When it was linked.")


@strawberry.input(description="An order of links between reasons and touchpoints.")
class ReasonTouchpointOrderBy:
    field: ReasonTouchpointOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


REASON_TOUCHPOINT_ORDERS = Orders(
    input_type=ReasonTouchpointOrderBy, terms={"linked_at": Term("linked_at", datetime)}, usual="linked_at"
)
