"""How connections of surveys and of their answers may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What surveys can be ordered by.")
class SurveyOrderField(Enum):
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of surveys.")
class SurveyOrderBy:
    field: SurveyOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


SURVEY_ORDERS = Orders(input_type=SurveyOrderBy, terms={"key": Term("key", str, descending=False)}, usual="key")


@strawberry.enum(description="What answers can be ordered by.")
class SurveyResponseOrderField(Enum):
    ANSWERED_AT = strawberry.enum_value("answered_at", description="When the customer answered.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When the record last changed.")
    SCORE = strawberry.enum_value("score", description="The score.")


@strawberry.input(description="An order of answers.")
class SurveyResponseOrderBy:
    field: SurveyResponseOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


SURVEY_RESPONSE_ORDERS = Orders(
    input_type=SurveyResponseOrderBy,
    terms={
        **{name: Term(name, datetime) for name in ("answered_at", "created_at", "updated_at")},
        "score": Term("score", int),
    },
    usual="answered_at",
)
