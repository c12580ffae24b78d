from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.inputs import RecordInteractionInput
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordInteraction.")
class RecordInteractionPayload:
    interaction: Interaction | None = column(
        "The interaction as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class InteractionMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordInteractionPayload,
        description="Store an interaction, or change the one with this source and external id.",
    )
    def record_interaction(
        self, info: Info, input: Annotated[RecordInteractionInput, INPUT]
    ) -> RecordInteractionPayload | None:
        stored = commands.record_interaction(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a row somebody else wrote does not show it.
        shown = Interaction.find(stored.pk, info._raw_info)
        return RecordInteractionPayload(interaction=shown)  # type: ignore[arg-type]  # a row, shown as the type
