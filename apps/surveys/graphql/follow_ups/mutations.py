from typing import Annotated, Any

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys.follow_ups import setting, working
from apps.surveys.graphql.follow_ups import inputs, payloads
from apps.surveys.graphql.follow_ups.enums import RecoveryOutcome
from apps.surveys.graphql.follow_ups.types import FollowUp
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, given
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class FollowUpMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.SetFollowUpRulePayload,
        description="Say which answers to a survey open a follow-up from now on, and until when it is due.",
    )
    def set_follow_up_rule(
        self, info: Info, input: Annotated[inputs.SetFollowUpRuleInput, INPUT]
    ) -> payloads.SetFollowUpRulePayload | None:
        said: dict[str, Any] = {"calendar": None, **given(input)}
        rule = setting.set_follow_up_rule(actor=viewer_of(info), now=info.context.now, **said)
        return payloads.SetFollowUpRulePayload(rule=payloads.FollowUpRule.of(rule))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=payloads.TakeFollowUpPayload,
        description="Make a follow-up your task.",
    )
    def take_follow_up(
        self, info: Info, input: Annotated[inputs.TakeFollowUpInput, INPUT]
    ) -> payloads.TakeFollowUpPayload | None:
        row = working.take_follow_up(**_about(info, input))
        return payloads.TakeFollowUpPayload(follow_up=_shown(row, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=payloads.AssignFollowUpPayload,
        description="Make a follow-up an agent's task; whoever sees its own work alone takes instead.",
    )
    def assign_follow_up(
        self, info: Info, input: Annotated[inputs.AssignFollowUpInput, INPUT]
    ) -> payloads.AssignFollowUpPayload | None:
        row = working.assign_follow_up(**_about(info, input), agent=input.agent)
        return payloads.AssignFollowUpPayload(follow_up=_shown(row, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=payloads.NoteFollowUpPayload,
        description="Write down what there is to say of a follow-up.",
    )
    def note_follow_up(
        self, info: Info, input: Annotated[inputs.NoteFollowUpInput, INPUT]
    ) -> payloads.NoteFollowUpPayload | None:
        row = working.note_follow_up(**_about(info, input), note=input.note)
        return payloads.NoteFollowUpPayload(follow_up=_shown(row, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=payloads.CloseFollowUpPayload,
        description="Say what came of a follow-up, and so end it; whoever does it unasked has had it.",
    )
    def close_follow_up(
        self, info: Info, input: Annotated[inputs.CloseFollowUpInput, INPUT]
    ) -> payloads.CloseFollowUpPayload | None:
        row = working.close_follow_up(
            **_about(info, input), outcome=RecoveryOutcome(input.outcome).name, note=input.note or None
        )
        return payloads.CloseFollowUpPayload(follow_up=_shown(row, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=payloads.DismissFollowUpPayload,
        description="Say that a follow-up is not needed.",
    )
    def dismiss_follow_up(
        self, info: Info, input: Annotated[inputs.DismissFollowUpInput, INPUT]
    ) -> payloads.DismissFollowUpPayload | None:
        row = working.dismiss_follow_up(**_about(info, input), note=input.note)
        return payloads.DismissFollowUpPayload(follow_up=_shown(row, info))


def _about(info: Info, input: Any) -> dict[str, Any]:
    return {"actor": viewer_of(info), "follow_up_id": key_of(input.id, "FollowUp"), "now": info.context.now}


def _shown(row: Any, info: Info) -> Any:
    # Read as everybody reads: what was given to another may be out of sight.
    return FollowUp.find(row.pk, info._raw_info)
