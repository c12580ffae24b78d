from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys.page.settings import set_survey_origins
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="Which sites may show the brand's surveys: all of them.")
class SetSurveyOriginsInput:
    origins: list[str] = column("Each named exactly, such as `https://shop.example.com`; at most 20.")


@strawberry.type(description="What became of setSurveyOrigins.")
class SetSurveyOriginsPayload:
    origins: list[str] | None = column("What is set now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class SurveyPageMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SetSurveyOriginsPayload,
        description="Say which of the brand's own sites may show its surveys within their pages, by the widget.",
    )
    def set_survey_origins(
        self, info: Info, input: Annotated[SetSurveyOriginsInput, INPUT]
    ) -> SetSurveyOriginsPayload | None:
        stored = set_survey_origins(actor=viewer_of(info), origins=input.origins, now=info.context.now)
        return SetSurveyOriginsPayload(origins=stored.origins)
