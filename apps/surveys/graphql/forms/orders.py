"""How connections of versions of surveys and of their questions may be ordered."""

from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What versions of a survey can be ordered by.")
class SurveyVersionOrderField(Enum):
    NUMBER = strawberry.enum_value("number", description="Its place among the survey's versions.")


@strawberry.input(description="An order of versions of a survey.")
class SurveyVersionOrderBy:
    field: SurveyVersionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


@strawberry.enum(description="What questions can be ordered by.")
class SurveyQuestionOrderField(Enum):
    POSITION = strawberry.enum_value("position", description="Its place in the version.")


@strawberry.input(description="An order of questions.")
class SurveyQuestionOrderBy:
    field: SurveyQuestionOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


SURVEY_VERSION_ORDERS = Orders(input_type=SurveyVersionOrderBy, terms={"number": Term("number", int)}, usual="number")
SURVEY_QUESTION_ORDERS = Orders(
    input_type=SurveyQuestionOrderBy, terms={"position": Term("position", int, descending=False)}, usual="position"
)
