from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.segments import inputs
from apps.customers.graphql.segments.types import Segment
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of a segment.")
class SegmentPayload:
    segment: Segment | None = column(
        "The segment as it is now, evaluated anew within a minute; null when there are errors.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class SegmentMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SegmentPayload,
        description="Make a segment by rules.",
    )
    def create_segment(self, info: Info, input: Annotated[inputs.CreateSegmentInput, INPUT]) -> SegmentPayload | None:
        made = commands.create_segment(
            actor=viewer_of(info),
            key=input.key,
            name=input.name or "",
            rules=inputs.written(input.rules),
            now=info.context.now,
        )
        return SegmentPayload(segment=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SegmentPayload,
        description="Call a segment otherwise, or let other rules hold from now on, as a new version.",
    )
    def update_segment(self, info: Info, input: Annotated[inputs.UpdateSegmentInput, INPUT]) -> SegmentPayload | None:
        changed = commands.update_segment(
            actor=viewer_of(info),
            segment_id=key_of(input.id, "Segment"),
            name=None if input.name is UNSET else input.name,
            rules=inputs.written(input.rules) if input.rules else None,
            now=info.context.now,
        )
        return SegmentPayload(segment=changed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SegmentPayload,
        description="Let nobody be in a segment any more; who was in it when stays known.",
    )
    def retire_segment(self, info: Info, input: Annotated[inputs.RetireSegmentInput, INPUT]) -> SegmentPayload | None:
        retired = commands.retire_segment(
            actor=viewer_of(info), segment_id=key_of(input.id, "Segment"), now=info.context.now
        )
        return SegmentPayload(segment=retired)  # type: ignore[arg-type]  # a row, shown as the type
