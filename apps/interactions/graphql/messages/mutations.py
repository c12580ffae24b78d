from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.messages.inputs import RecordMessageInput
from apps.interactions.graphql.messages.types import Message
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordMessage.")
class RecordMessagePayload:
    message: Message | None = column(
        "The message as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class MessageMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordMessagePayload,
        description="Store a message of a contact's thread; a public one is an event, too, unless the system wrote it.",
    )
    def record_message(self, info: Info, input: Annotated[RecordMessageInput, INPUT]) -> RecordMessagePayload | None:
        stored = commands.record_message(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a message of somebody else's contact does not show it.
        shown = Message.find(stored.pk, info._raw_info)
        return RecordMessagePayload(message=shown)  # type: ignore[arg-type]  # a row, shown as the type
