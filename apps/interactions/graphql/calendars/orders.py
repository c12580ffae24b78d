"""How connections of calendars and of their versions may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What calendars can be ordered by.")
class CalendarOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of calendars.")
class CalendarOrderBy:
    field: CalendarOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CALENDAR_ORDERS = Orders(input_type=CalendarOrderBy, terms={"key": Term("key", str, descending=False)}, usual="key")


@strawberry.enum(description="What versions of a calendar can be ordered by.")
class CalendarVersionOrderField(Enum):
    NUMBER = strawberry.enum_value("number", description="Its place among the calendar's versions.")
    EFFECTIVE_FROM = strawberry.enum_value("effective_from", description="From when it holds.")


@strawberry.input(description="An order of versions of a calendar.")
class CalendarVersionOrderBy:
    field: CalendarVersionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CALENDAR_VERSION_ORDERS = Orders(
    input_type=CalendarVersionOrderBy,
    terms={"number": Term("number", int), "effective_from": Term("effective_from", datetime)},
    usual="number",
)
