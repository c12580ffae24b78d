from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.mapping import inputs, payloads
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class JourneyVersionMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.DraftJourneyVersionPayload,
        description="Begin a draft with what the last version has; a first one with the stages of the template.",
    )
    def draft_journey_version(
        self, info: Info, input: Annotated[inputs.DraftJourneyVersionInput, INPUT]
    ) -> payloads.DraftJourneyVersionPayload | None:
        draft = commands.draft_journey_version(
            actor=viewer_of(info),
            journey_id=key_of(input.journey, "Journey", field="journey"),
            now=info.context.now,
        )
        return payloads.DraftJourneyVersionPayload(version=draft)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.EditJourneyDraftPayload,
        description="Put stages and touchpoints in the place of all that a draft had.",
    )
    def edit_journey_draft(
        self, info: Info, input: Annotated[inputs.EditJourneyDraftInput, INPUT]
    ) -> payloads.EditJourneyDraftPayload | None:
        draft = commands.edit_journey_draft(
            actor=viewer_of(info),
            version_id=key_of(input.id, "JourneyVersion"),
            stages=inputs.written(input),
            now=info.context.now,
        )
        return payloads.EditJourneyDraftPayload(version=draft)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.PublishJourneyVersionPayload,
        description="Put a draft in force from an instant on, in the place of the version before; it never changes.",
    )
    def publish_journey_version(
        self, info: Info, input: Annotated[inputs.PublishJourneyVersionInput, INPUT]
    ) -> payloads.PublishJourneyVersionPayload | None:
        published = commands.publish_journey_version(
            actor=viewer_of(info),
            version_id=key_of(input.id, "JourneyVersion"),
            effective_from=input.effective_from,
            now=info.context.now,
        )
        return payloads.PublishJourneyVersionPayload(version=published)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RetireJourneyVersionPayload,
        description="Take a version out of force from now on; one that was to begin later never is in force.",
    )
    def retire_journey_version(
        self, info: Info, input: Annotated[inputs.RetireJourneyVersionInput, INPUT]
    ) -> payloads.RetireJourneyVersionPayload | None:
        retired = commands.retire_journey_version(
            actor=viewer_of(info), version_id=key_of(input.id, "JourneyVersion"), now=info.context.now
        )
        return payloads.RetireJourneyVersionPayload(version=retired)  # type: ignore[arg-type]  # a row, shown as the type
