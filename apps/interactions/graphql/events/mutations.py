from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.events.inputs import RecordInteractionEventInput
from apps.interactions.graphql.events.types import InteractionEvent
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordInteractionEvent.")
class RecordInteractionEventPayload:
    interaction_event: InteractionEvent | None = column(
        "The event as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class InteractionEventMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordInteractionEventPayload,
        description="Store an event of a contact, late or early, once or again, and derive what it tells.",
    )
    def record_interaction_event(
        self, info: Info, input: Annotated[RecordInteractionEventInput, INPUT]
    ) -> RecordInteractionEventPayload | None:
        stored = commands.record_interaction_event(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording an event of somebody else's contact does not show it.
        shown = InteractionEvent.find(stored.pk, info._raw_info)
        return RecordInteractionEventPayload(interaction_event=shown)  # type: ignore[arg-type]  # a row, shown as the type
