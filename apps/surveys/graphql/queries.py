import strawberry

from apps.surveys.graphql.filters import SurveyResponseWhere, SurveyWhere
from apps.surveys.graphql.orders import SURVEY_ORDERS, SURVEY_RESPONSE_ORDERS
from apps.surveys.graphql.types import Survey, SurveyResponse
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class SurveyQueries:
    surveys: Connection[Survey] | None = root_connection(
        Survey, SURVEY_ORDERS, SurveyWhere, description="The questions put to customers."
    )
    survey_responses: Connection[SurveyResponse] | None = root_connection(
        SurveyResponse, SURVEY_RESPONSE_ORDERS, SurveyResponseWhere, description="What customers answered."
    )
