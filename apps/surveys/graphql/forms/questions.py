"""What is asked of versions: how one reads, what it lacks, how two differ."""

from typing import Annotated
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.authoring.publishing import published_scales
from apps.surveys.forms.comparing import compare
from apps.surveys.forms.lacking import lacks
from apps.surveys.forms.wording import worded
from apps.surveys.graphql.forms.enums import SurveyChangeKind, SurveyFindingCode
from apps.surveys.graphql.forms.preview import SurveyPreview, shown
from apps.surveys.graphql.forms.types import SurveyVersion
from apps.surveys.models import FormState
from apps.surveys.models import SurveyVersion as Row
from apps.surveys.reading_forms import form_of
from cxplatform.errors import BadInput, NotFound
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

# Whole forms are read: 50 questions each, in every language.
_A_FORM, _TWO_FORMS = Price(30), Price(60)

VersionId = Annotated[strawberry.ID, strawberry.argument(description="The version's global id.")]
Language = Annotated[
    str | None, strawberry.argument(description="A BCP 47 tag; the form's own language when left out.")
]


@strawberry.type(description="Something that a version of a survey lacks.")
class SurveyFinding:
    code: SurveyFindingCode = column("What is lacking, for a program.")
    message: str = column("What is lacking, for a person.")
    field: str = column("Where it is to be put right: a path in the input of editSurveyDraft.")
    question: str | None = column("The question it is about, by key; null where it is about none.")


@strawberry.type(description="A difference between two versions of a survey.")
class SurveyChange:
    kind: SurveyChangeKind = column("What became of it.")
    question: str | None = column("The question's key; null of the form itself.")
    field: str | None = column("What changed, such as `title.de`; of what moved, `position` from 1 on.")
    before: str | None = column("What that was.")
    after: str | None = column("What it is.")


def _version(info: Info, identity: str, field: str) -> Row:
    key: UUID = key_of(identity, "SurveyVersion", field=field)
    found = SurveyVersion.visible(info).filter(pk=key).first()
    if found is None:
        raise NotFound("There is no such version.", field=field)
    row: Row = found
    return row


@strawberry.type
class SurveyFormQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_A_FORM,
        description="A version as customers read it in a language, or in one near it. It records nothing.",
    )
    def survey_preview(self, info: Info, version: VersionId, language: Language = None) -> SurveyPreview | None:
        return shown(worded(form_of(_version(info, version, "version").pk), language))

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_A_FORM,
        description="What a draft lacks to be published: the survey's own question first, then in the form's order.",
    )
    def survey_lint(self, info: Info, version: VersionId) -> list[SurveyFinding] | None:
        row = _version(info, version, "version")
        if row.state == FormState.PUBLISHED:
            return []
        return [
            SurveyFinding(
                code=SurveyFindingCode[each.code.name], message=each.message, field=each.field, question=each.question
            )
            for each in lacks(form_of(row.pk), published_scales(row.survey_id))
        ]

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=_TWO_FORMS,
        description="What is different between two versions of a survey: of the form itself, then by question.",
    )
    def compare_survey_versions(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from", description="The one version's global id.")],
        to: Annotated[strawberry.ID, strawberry.argument(description="The other version's global id.")],
    ) -> list[SurveyChange] | None:
        old, new = _version(info, from_, "from"), _version(info, to, "to")
        if old.survey_id != new.survey_id:
            raise BadInput("These are versions of two surveys.", field="to")
        return [
            SurveyChange(
                kind=SurveyChangeKind[each.kind.name],
                question=each.question,
                field=each.field,
                before=each.before,
                after=each.after,
            )
            for each in compare(form_of(old.pk), form_of(new.pk))
        ]
