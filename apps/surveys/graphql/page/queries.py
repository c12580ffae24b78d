from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.models import Survey, SurveyVersion
from apps.surveys.page.preview import OPEN_FOR, preview_path
from apps.surveys.page.settings import page_settings
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field
from cxplatform.tenancy.doors import current_brand


@strawberry.type(description="A page that shows a survey as customers will see it; it needs no key.")
class SurveyPreviewLink:
    path: str = column("Its path at this host.")
    expires_at: datetime = column("When it ends.")


@strawberry.type
class SurveyPageQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="A page that shows a survey's draft, else its last version, and records nothing; null for none.",
    )
    def survey_preview_link(
        self,
        info: Info,
        survey: Annotated[strawberry.ID, strawberry.argument(description="The survey.")],
        language: Annotated[
            str | None, strawberry.argument(description="As a BCP 47 tag; the version's own when left out.")
        ] = None,
    ) -> SurveyPreviewLink | None:
        versions = SurveyVersion.objects.filter(survey=key_of(survey, Survey.__name__, field="survey"))
        newest = versions.order_by("-number").values_list("pk", flat=True).first()
        if newest is None:
            return None
        path = preview_path(current_brand(), newest, language)
        return SurveyPreviewLink(path=path, expires_at=info.context.now + OPEN_FOR)

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="The brand's own sites that may show its surveys within their pages.",
    )
    def survey_origins(self, info: Info) -> list[str] | None:
        origins: list[str] = page_settings().origins
        return origins
