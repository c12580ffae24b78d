"""What lists of follow-ups may be narrowed by, and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.surveys.graphql.enums import SurveyKind
from apps.surveys.graphql.filters import SurveyResponseWhere
from apps.surveys.graphql.follow_ups.enums import FollowUpState, RecoveryOutcome
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term


@where_input("Which follow-ups.")
class FollowUpWhere:
    id: IdFilter | None = by("The global id.")
    state: Filter[FollowUpState] | None = by("How it stands.")
    outcome: Filter[RecoveryOutcome] | None = by("What came of it.")
    department: KeyFilter | None = by("The department whose task it is, by key.", "department.key")
    touchpoint: KeyFilter | None = by("The touchpoint, by key.", "touchpoint.key")
    survey_response: SurveyResponseWhere | None = by("The answer that opened it.")
    kind: Filter[SurveyKind] | None = by("What was asked.", "survey_response.kind")
    score: IntFilter | None = by("The answer.", "survey_response.score")
    assignee: TextFilter | None = by("Whose task it is, by name.")
    due_at: DateTimeFilter | None = by("Until when it is due.")
    created_at: DateTimeFilter | None = by("When it was opened.")
    updated_at: DateTimeFilter | None = by("When it last changed.")


@strawberry.enum(description="What follow-ups can be ordered by.")
class FollowUpOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were opened.")
    DUE_AT = strawberry.enum_value("due_at", description="Until when they are due.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When they last changed.")


@strawberry.input(description="An order of follow-ups.")
class FollowUpOrderBy:
    field: FollowUpOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


FOLLOW_UP_ORDERS = Orders(
    input_type=FollowUpOrderBy,
    terms={
        "created_at": Term("created_at", datetime),
        "due_at": Term("due_at", datetime),
        "updated_at": Term("updated_at", datetime),
    },
    usual="created_at",
)
