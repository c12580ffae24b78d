from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys import authoring
from apps.surveys.graphql.forms import inputs, payloads
from apps.surveys.graphql.forms.written import written
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class SurveyFormMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.CreateSurveyPayload,
        description="Make a survey that has no version yet.",
    )
    def create_survey(
        self, info: Info, input: Annotated[inputs.CreateSurveyInput, INPUT]
    ) -> payloads.CreateSurveyPayload | None:
        made = authoring.create_survey(
            actor=viewer_of(info),
            key=input.key,
            name=input.name,
            kind=input.kind.name,
            scope=input.scope.name if input.scope else None,
            now=info.context.now,
        )
        return payloads.CreateSurveyPayload(survey=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RenameSurveyPayload,
        description="Call a survey by another name; its key, kind and scope stay.",
    )
    def rename_survey(
        self, info: Info, input: Annotated[inputs.RenameSurveyInput, INPUT]
    ) -> payloads.RenameSurveyPayload | None:
        renamed = authoring.rename_survey(
            actor=viewer_of(info), survey_id=key_of(input.id, "Survey"), name=input.name, now=info.context.now
        )
        return payloads.RenameSurveyPayload(survey=renamed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.DraftSurveyVersionPayload,
        description="Begin a draft with what the last version has; a first one with the survey's own question.",
    )
    def draft_survey_version(
        self, info: Info, input: Annotated[inputs.DraftSurveyVersionInput, INPUT]
    ) -> payloads.DraftSurveyVersionPayload | None:
        draft = authoring.draft_survey_version(
            actor=viewer_of(info), survey_id=key_of(input.survey, "Survey", field="survey"), now=info.context.now
        )
        return payloads.DraftSurveyVersionPayload(version=draft)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.EditSurveyDraftPayload,
        description="Put questions, words and look in the place of all that a draft had.",
    )
    def edit_survey_draft(
        self, info: Info, input: Annotated[inputs.EditSurveyDraftInput, INPUT]
    ) -> payloads.EditSurveyDraftPayload | None:
        draft = authoring.edit_survey_draft(
            actor=viewer_of(info),
            version_id=key_of(input.id, "SurveyVersion"),
            form=written(input),
            now=info.context.now,
        )
        return payloads.EditSurveyDraftPayload(version=draft)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.PublishSurveyVersionPayload,
        description="Let a draft be what is asked from now on; it never changes. Invitations keep theirs.",
    )
    def publish_survey_version(
        self, info: Info, input: Annotated[inputs.PublishSurveyVersionInput, INPUT]
    ) -> payloads.PublishSurveyVersionPayload | None:
        published = authoring.publish_survey_version(
            actor=viewer_of(info), version_id=key_of(input.id, "SurveyVersion"), now=info.context.now
        )
        return payloads.PublishSurveyVersionPayload(version=published)  # type: ignore[arg-type]  # a row, shown as the type
