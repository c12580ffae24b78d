from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.handoffs.filters import HandoffWhere
from apps.journeys.graphql.handoffs.orders import HANDOFF_ORDERS
from apps.journeys.graphql.handoffs.types import Handoff
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field
from cxplatform.graphql.scalars import BigInt


@strawberry.input(
    description="A hand-off, known by source and external id; without the latter, by its content. What is left out "
    "stays as it is; null clears it."
)
class RecordHandoffInput:
    customer: str = column("Whose matter it is: an external id of the same source; made if unknown.")
    from_department: str = column("The department that hands on: a key; made if unknown.")
    to_department: str = column("The department it is handed to: another key; made if unknown.")
    handed_at: datetime = column("When.")
    external_id: str | None = optional("The id in the source system.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    accepted_at: datetime | None = optional("When the other department took it.")
    accept_within_seconds: float | None = optional("How long that may take; a day where nothing is said.")
    context_passed: bool | None = optional("Whether all that was known was handed on.")
    question_repeated: bool | None = optional("Whether the customer was asked again what it had told already.")
    promise: str | None = optional("The promise that is handed on: a key; one nobody has made yet is kept in mind.")
    promise_kept: bool | None = optional("Whether that was kept, where the ledger of promises does not tell.")
    interaction: str | None = optional("The contact it is about: an external id of the same source.")


@strawberry.type(description="What became of recordHandoff.")
class RecordHandoffPayload:
    handoff: Handoff | None = column(
        "The hand-off as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class HandoffQueries:
    handoffs: Connection[Handoff] | None = root_connection(
        Handoff, HANDOFF_ORDERS, HandoffWhere, description="Hand-offs between departments, the newest first."
    )


@strawberry.type
class HandoffMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordHandoffPayload,
        description="Store a hand-off, or change the one with this source and external id.",
    )
    def record_handoff(self, info: Info, input: Annotated[RecordHandoffInput, INPUT]) -> RecordHandoffPayload | None:
        stored = commands.record_handoff(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a row somebody else wrote does not show it.
        shown = Handoff.find(stored.pk, info._raw_info)
        return RecordHandoffPayload(handoff=shown)  # type: ignore[arg-type]  # a row, shown as the type
