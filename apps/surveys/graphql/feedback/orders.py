"""How connections of feedback and of themes may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What feedback can be ordered by.")
class FeedbackOrderField(Enum):
    OCCURRED_AT = strawberry.enum_value("occurred_at", description="When it was said.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")


@strawberry.input(description="An order of feedback.")
class FeedbackOrderBy:
    field: FeedbackOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


FEEDBACK_ORDERS = Orders(
    input_type=FeedbackOrderBy,
    terms={name: Term(name, datetime) for name in ("occurred_at", "created_at")},
    usual="occurred_at",
)


@strawberry.enum(description="What themes can be ordered by.")
class ThemeOrderField(Enum):
    FIRST_SEEN = strawberry.enum_value("first_seen", description="When the earliest piece of it was said.")
    NAME = strawberry.enum_value("name", description="The name.")


@strawberry.input(description="An order of themes.")
class ThemeOrderBy:
    field: ThemeOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


THEME_ORDERS = Orders(
    input_type=ThemeOrderBy,
    terms={"first_seen": Term("first_seen", datetime), "name": Term("name", str, descending=False)},
    usual="first_seen",
)
