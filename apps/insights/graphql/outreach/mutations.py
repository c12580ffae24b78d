from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.insights.graphql.outreach import inputs
from apps.insights.graphql.outreach.types import ProactiveRule
from apps.insights.outreach import commands
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of a proactive rule.")
class ProactiveRulePayload:
    rule: ProactiveRule | None = column("The rule as it is now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


def _mutation(description: str) -> Any:
    return mutation_field(
        plane=Plane.BRAND, requires=Permission.CONFIGURE, payload=ProactiveRulePayload, description=description
    )


def _turned(turn: Callable[..., Any], info: Info, id: strawberry.ID) -> ProactiveRulePayload:
    return ProactiveRulePayload(
        rule=turn(actor=viewer_of(info), rule_id=key_of(id, "ProactiveRule"), now=info.context.now)
    )


@strawberry.type
class ProactiveRuleMutations:
    @_mutation("Make a proactive rule, which reaches nobody until it is approved.")  # type: ignore[untyped-decorator]  # a field
    def create_proactive_rule(
        self, info: Info, input: Annotated[inputs.CreateProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        made = commands.create_proactive_rule(
            actor=viewer_of(info), key=input.key, values=inputs.terms_of(input), now=info.context.now
        )
        return ProactiveRulePayload(rule=made)  # type: ignore[arg-type]  # a row, shown as the type

    @_mutation("Let a draft say something else; an approved rule is fixed.")  # type: ignore[untyped-decorator]  # as above
    def change_proactive_rule(
        self, info: Info, input: Annotated[inputs.ChangeProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        changed = commands.change_proactive_rule(
            actor=viewer_of(info),
            rule_id=key_of(input.id, "ProactiveRule"),
            values=inputs.terms_of(input),
            now=info.context.now,
        )
        return ProactiveRulePayload(rule=changed)  # type: ignore[arg-type]  # as above

    @_mutation("Let a draft run from now on; an active webhook endpoint must ask for outreach.due.")  # type: ignore[untyped-decorator]  # as above
    def approve_proactive_rule(
        self, info: Info, input: Annotated[inputs.ApproveProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        return _turned(commands.approve_proactive_rule, info, input.id)

    @_mutation("Let a rule reach nobody until it is resumed.")  # type: ignore[untyped-decorator]  # as above
    def pause_proactive_rule(
        self, info: Info, input: Annotated[inputs.PauseProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        return _turned(commands.pause_proactive_rule, info, input.id)

    @_mutation("Let a paused rule go on with whoever is in its segment by now.")  # type: ignore[untyped-decorator]  # as above
    def resume_proactive_rule(
        self, info: Info, input: Annotated[inputs.ResumeProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        return _turned(commands.resume_proactive_rule, info, input.id)

    @_mutation("Let a rule reach nobody any more, for good; its outcome goes on being known.")  # type: ignore[untyped-decorator]  # as above
    def end_proactive_rule(
        self, info: Info, input: Annotated[inputs.EndProactiveRuleInput, INPUT]
    ) -> ProactiveRulePayload | None:
        return _turned(commands.end_proactive_rule, info, input.id)
