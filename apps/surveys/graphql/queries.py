import strawberry

from apps.surveys.graphql.orders import SURVEY_ORDERS, SURVEY_RESPONSE_ORDERS
from apps.surveys.graphql.types import Survey, SurveyResponse
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class SurveyQueries:
    surveys: Connection[Survey] | None = root_connection(
        Survey, SURVEY_ORDERS, description="The questions put to customers."
    )
    survey_responses: Connection[SurveyResponse] | None = root_connection(
        SurveyResponse, SURVEY_RESPONSE_ORDERS, description="What customers answered."
    )
