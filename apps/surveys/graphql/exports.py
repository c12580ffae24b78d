from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.exports import FEEDBACK, SURVEY_RESPONSES
from apps.surveys.graphql.feedback.filters import FeedbackWhere
from apps.surveys.graphql.feedback.types import FeedbackItem
from apps.surveys.graphql.filters import SurveyResponseWhere
from apps.surveys.graphql.types import SurveyResponse
from cxplatform.exports.graphql.asking import ask_for_export
from cxplatform.exports.graphql.types import ExportFormat, ExportJob
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field

URL = "Where the file can be fetched once it is done, by whoever has this, for 24 hours; told this once."


@strawberry.input(description="Which answers to export, and as what.")
class ExportSurveyResponsesInput:
    format: ExportFormat = column("What kind of file.")
    where: SurveyResponseWhere | None = column("Which of them; all of them when left out.", default=None)


@strawberry.type(description="What became of exportSurveyResponses.")
class ExportSurveyResponsesPayload:
    export_job: ExportJob | None = column("The export; null when there are errors.", default=None)
    url: str | None = column(URL, default=None)
    user_errors: list[UserError] = column("Why nothing is exported.", default_factory=user_errors)


@strawberry.input(description="Which feedback to export, and as what.")
class ExportFeedbackInput:
    format: ExportFormat = column("What kind of file.")
    where: FeedbackWhere | None = column("Which of it; all of it when left out.", default=None)


@strawberry.type(description="What became of exportFeedback.")
class ExportFeedbackPayload:
    export_job: ExportJob | None = column("The export; null when there are errors.", default=None)
    url: str | None = column(URL, default=None)
    user_errors: list[UserError] = column("Why nothing is exported.", default_factory=user_errors)


@strawberry.type
class SurveyExportMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.EXPORT,
        payload=ExportSurveyResponsesPayload,
        description="Make a file of the answers that `surveyResponses` would list for the same `where`, as of now.",
    )
    def export_survey_responses(
        self, info: Info, input: Annotated[ExportSurveyResponsesInput, INPUT]
    ) -> ExportSurveyResponsesPayload | None:
        job, url = ask_for_export(info, SURVEY_RESPONSES, SurveyResponse, input.where, input.format)
        return ExportSurveyResponsesPayload(export_job=job, url=url)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.EXPORT,
        payload=ExportFeedbackPayload,
        description="Make a file of what `feedback` would list for the same `where`, as of now.",
    )
    def export_feedback(self, info: Info, input: Annotated[ExportFeedbackInput, INPUT]) -> ExportFeedbackPayload | None:
        job, url = ask_for_export(info, FEEDBACK, FeedbackItem, input.where, input.format)
        return ExportFeedbackPayload(export_job=job, url=url)  # type: ignore[arg-type]  # a row, shown as the type
