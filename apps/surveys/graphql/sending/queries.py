import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.graphql.sending.types import SurveySending
from apps.surveys.sending.stored import survey_sending
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class SurveySendingQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_MANAGEMENT,
        description="What the brand set about the sending of its surveys; null until something was.",
    )
    def survey_sending(self, info: Info) -> SurveySending | None:
        row = survey_sending()
        return SurveySending.of(row) if row else None
