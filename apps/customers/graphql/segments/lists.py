"""What lists of segments, of their versions and of who is or was in them may be narrowed and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_DIRECTION = "In which direction."


@where_input("Which segments.")
class SegmentWhere:
    id: IdFilter | None = by("The global id.")
    key: KeyFilter | None = by("Its key.")
    name: TextFilter | None = by("Its name.")
    size: IntFilter | None = by("How many were in it when it was last evaluated.")
    created_at: DateTimeFilter | None = by("When it was made.")
    retired_at: DateTimeFilter | None = by("When it was retired.")


@where_input("Which versions of a segment.")
class SegmentVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("Its number.")
    since: DateTimeFilter | None = by("From when on it holds.")


@where_input("Which members.")
class SegmentMemberWhere:
    id: IdFilter | None = by("The global id.")
    segment: KeyFilter | None = by("The segment, by key.", "segment.key")
    entered_at: DateTimeFilter | None = by("When it entered.")


@where_input("Which stays in segments.")
class SegmentStayWhere:
    id: IdFilter | None = by("The global id.")
    segment: KeyFilter | None = by("The segment, by key.", "segment.key")
    entered_at: DateTimeFilter | None = by("When it entered.")
    left_at: DateTimeFilter | None = by("When it left.")


@strawberry.enum(description="What segments can be ordered by.")
class SegmentOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When it was made.")
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of segments.")
class SegmentOrderBy:
    field: SegmentOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What versions of a segment can be ordered by.")
class SegmentVersionOrderField(Enum):
    SINCE = strawberry.enum_value("since", description="From when on it holds.")


@strawberry.input(description="An order of versions of a segment.")
class SegmentVersionOrderBy:
    field: SegmentVersionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What members and stays can be ordered by.")
class SegmentStayOrderField(Enum):
    ENTERED_AT = strawberry.enum_value("entered_at", description="When it entered.")


@strawberry.input(description="An order of members and stays.")
class SegmentStayOrderBy:
    field: SegmentStayOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


SEGMENT_ORDERS = Orders(
    input_type=SegmentOrderBy,
    terms={"created_at": Term("created_at", datetime), "key": Term("key", str)},
    usual="created_at",
)
SEGMENT_VERSION_ORDERS = Orders(
    input_type=SegmentVersionOrderBy, terms={"since": Term("since", datetime)}, usual="since"
)
SEGMENT_STAY_ORDERS = Orders(
    input_type=SegmentStayOrderBy, terms={"entered_at": Term("entered_at", datetime)}, usual="entered_at"
)
