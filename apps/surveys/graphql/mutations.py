from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys import commands
from apps.surveys.graphql.inputs import RecordSurveyResponseInput
from apps.surveys.graphql.types import SurveyResponse
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordSurveyResponse.")
class RecordSurveyResponsePayload:
    survey_response: SurveyResponse | None = column(
        "The answer as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class SurveyMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordSurveyResponsePayload,
        description="Store an answer, or change the one with this source and external id.",
    )
    def record_survey_response(
        self, info: Info, input: Annotated[RecordSurveyResponseInput, INPUT]
    ) -> RecordSurveyResponsePayload | None:
        stored = commands.record_survey_response(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a row somebody else wrote does not show it.
        shown = SurveyResponse.find(stored.pk, info._raw_info)
        return RecordSurveyResponsePayload(survey_response=shown)  # type: ignore[arg-type]  # a row, shown as the type
