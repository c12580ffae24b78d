from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.reasons import inputs, payloads
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class ReasonMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.CreateReasonPayload,
        description="Make a reason, below another or at the root.",
    )
    def create_reason(
        self, info: Info, input: Annotated[inputs.CreateReasonInput, INPUT]
    ) -> payloads.CreateReasonPayload | None:
        made = commands.create_reason(
            actor=viewer_of(info),
            name=input.name,
            parent_id=None if input.parent is None else key_of(input.parent, "Reason"),
            now=info.context.now,
        )
        return payloads.CreateReasonPayload(reason=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RenameReasonPayload,
        description="Give a reason another name; its id stays, and its old path leads to it.",
    )
    def rename_reason(
        self, info: Info, input: Annotated[inputs.RenameReasonInput, INPUT]
    ) -> payloads.RenameReasonPayload | None:
        renamed = commands.rename_reason(
            actor=viewer_of(info), reason_id=key_of(input.id, "Reason"), name=input.name, now=info.context.now
        )
        return payloads.RenameReasonPayload(reason=renamed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.MoveReasonPayload,
        description="Put a reason with all that lies below it in another place; old paths lead to where it went.",
    )
    def move_reason(
        self, info: Info, input: Annotated[inputs.MoveReasonInput, INPUT]
    ) -> payloads.MoveReasonPayload | None:
        moved = commands.move_reason(
            actor=viewer_of(info),
            reason_id=key_of(input.id, "Reason"),
            parent_id=None if input.parent is None else key_of(input.parent, "Reason"),
            now=info.context.now,
        )
        return payloads.MoveReasonPayload(reason=moved)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.MergeReasonsPayload,
        description="Merge reasons into one for ever: their contacts count under it, their paths lead to it.",
    )
    def merge_reasons(
        self, info: Info, input: Annotated[inputs.MergeReasonsInput, INPUT]
    ) -> payloads.MergeReasonsPayload | None:
        merged = commands.merge_reasons(
            actor=viewer_of(info),
            reason_ids=[key_of(each, "Reason") for each in input.reasons],
            into_id=key_of(input.into, "Reason"),
            now=info.context.now,
        )
        return payloads.MergeReasonsPayload(reason=merged.reason, moved=merged.moved, moving=merged.is_moving)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RetireReasonPayload,
        description="Close a reason and all that lies below it to new uses; what was counted under it stays.",
    )
    def retire_reason(
        self, info: Info, input: Annotated[inputs.RetireReasonInput, INPUT]
    ) -> payloads.RetireReasonPayload | None:
        retired = commands.retire_reason(
            actor=viewer_of(info), reason_id=key_of(input.id, "Reason"), now=info.context.now
        )
        return payloads.RetireReasonPayload(reason=retired)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.LinkReasonToTouchpointPayload,
        description="Say that a reason arises at a touchpoint.",
    )
    def link_reason_to_touchpoint(
        self, info: Info, input: Annotated[inputs.LinkReasonToTouchpointInput, INPUT]
    ) -> payloads.LinkReasonToTouchpointPayload | None:
        linked = commands.link_reason_to_touchpoint(
            actor=viewer_of(info),
            reason_id=key_of(input.reason, "Reason"),
            touchpoint_id=key_of(input.touchpoint, "Touchpoint"),
            now=info.context.now,
        )
        return payloads.LinkReasonToTouchpointPayload(reason=linked)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.UnlinkReasonFromTouchpointPayload,
        description="Say that a reason does not arise at a touchpoint after all.",
    )
    def unlink_reason_from_touchpoint(
        self, info: Info, input: Annotated[inputs.UnlinkReasonFromTouchpointInput, INPUT]
    ) -> payloads.UnlinkReasonFromTouchpointPayload | None:
        unlinked = commands.unlink_reason_from_touchpoint(
            actor=viewer_of(info),
            reason_id=key_of(input.reason, "Reason"),
            touchpoint_id=key_of(input.touchpoint, "Touchpoint"),
            now=info.context.now,
        )
        return payloads.UnlinkReasonFromTouchpointPayload(reason=unlinked)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.LoadReasonTreePayload,
        description="Make the reasons of a starting tree that are not there yet; what is there stays as it is.",
    )
    def load_reason_tree(
        self, info: Info, input: Annotated[inputs.LoadReasonTreeInput, INPUT]
    ) -> payloads.LoadReasonTreePayload | None:
        loaded = commands.load_reason_tree(actor=viewer_of(info), starting_tree=input.tree, now=info.context.now)
        return payloads.LoadReasonTreePayload(made=loaded.made, known=loaded.known)
