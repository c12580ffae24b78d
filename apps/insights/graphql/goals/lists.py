"""What lists of goals may be narrowed by, and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.journeys.graphql.mapping.filters import DepartmentWhere
from apps.metrics.graphql.enums import MetricKey
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, FloatFilter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term


@where_input("Which goals.")
class GoalWhere:
    id: IdFilter | None = by("The global id.")
    metric: Filter[MetricKey] | None = by("The metric.")
    target: FloatFilter | None = by("The target.")
    group: KeyFilter | None = by("The group's name.")
    department: DepartmentWhere | None = by("The department that is held to it.")
    created_at: DateTimeFilter | None = by("When it was set.")
    updated_at: DateTimeFilter | None = by("When it last changed.")


@strawberry.enum(description="What goals can be ordered by.")
class GoalOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were set.")


@strawberry.input(description="An order of goals.")
class GoalOrderBy:
    field: GoalOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


GOAL_ORDERS = Orders(input_type=GoalOrderBy, terms={"created_at": Term("created_at", datetime)}, usual="created_at")
