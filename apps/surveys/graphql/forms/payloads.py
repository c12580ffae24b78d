import strawberry

from apps.surveys.graphql.forms.types import SurveyVersion
from apps.surveys.graphql.types import Survey
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors


@strawberry.type(description="What became of createSurvey.")
class CreateSurveyPayload:
    survey: Survey | None = column("The survey.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of renameSurvey.")
class RenameSurveyPayload:
    survey: Survey | None = column("The survey under its new name.", default=None)
    user_errors: list[UserError] = column("Why it was not renamed.", default_factory=user_errors)


@strawberry.type(description="What became of draftSurveyVersion.")
class DraftSurveyVersionPayload:
    version: SurveyVersion | None = column("The draft.", default=None)
    user_errors: list[UserError] = column("Why nothing was drafted.", default_factory=user_errors)


@strawberry.type(description="What became of editSurveyDraft.")
class EditSurveyDraftPayload:
    version: SurveyVersion | None = column("The draft.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of publishSurveyVersion.")
class PublishSurveyVersionPayload:
    version: SurveyVersion | None = column("The version, published.", default=None)
    user_errors: list[UserError] = column("Why it was not published.", default_factory=user_errors)
