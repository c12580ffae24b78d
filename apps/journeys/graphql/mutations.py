from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.inputs import RecordTouchpointEventInput
from apps.journeys.graphql.types import TouchpointEvent
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordTouchpointEvent.")
class RecordTouchpointEventPayload:
    touchpoint_event: TouchpointEvent | None = column(
        "The event as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class TouchpointEventMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordTouchpointEventPayload,
        description="Store what a customer went through at a touchpoint, or change what has this source and"
        " external id.",
    )
    def record_touchpoint_event(
        self, info: Info, input: Annotated[RecordTouchpointEventInput, INPUT]
    ) -> RecordTouchpointEventPayload | None:
        stored = commands.record_touchpoint_event(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a row somebody else wrote does not show it.
        shown = TouchpointEvent.find(stored.pk, info._raw_info)
        return RecordTouchpointEventPayload(touchpoint_event=shown)  # type: ignore[arg-type]  # a row, shown as the type
