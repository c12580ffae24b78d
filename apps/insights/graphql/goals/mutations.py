from typing import Annotated, Any, Final

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.insights.goals import commands
from apps.insights.goals.wanted import Wanted
from apps.insights.graphql.goals.inputs import ChangeGoalInput, RemoveGoalInput, SetGoalInput, narrowing_of
from apps.insights.graphql.goals.types import Goal
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field

# What may be taken back by null; null for the rest is as if it were left out.
_CLEARED: Final = ("where", "group", "department")


@strawberry.type(description="What became of a goal.")
class GoalPayload:
    goal: Goal | None = column("The goal as it is now, or as it was; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type
class GoalMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=GoalPayload,
        description="Say what a number is to come to over a period, and who is held to it.",
    )
    def set_goal(self, info: Info, input: Annotated[SetGoalInput, INPUT]) -> GoalPayload | None:
        wanted = Wanted(**_said(input))
        made = commands.set_goal(actor=viewer_of(info), wanted=wanted, now=info.context.now)
        return GoalPayload(goal=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=GoalPayload,
        description="Change a goal's target, period, filter, group or department; its number stays that number.",
    )
    def change_goal(self, info: Info, input: Annotated[ChangeGoalInput, INPUT]) -> GoalPayload | None:
        said = _said(input)
        changed = commands.change_goal(
            actor=viewer_of(info), goal_id=key_of(said.pop("id"), "Goal"), changes=said, now=info.context.now
        )
        return GoalPayload(goal=changed)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=GoalPayload,
        description="Remove a goal from all lists; what it was stays in the audit trail.",
    )
    def remove_goal(self, info: Info, input: Annotated[RemoveGoalInput, INPUT]) -> GoalPayload | None:
        removed = commands.remove_goal(actor=viewer_of(info), goal_id=key_of(input.id, "Goal"), now=info.context.now)
        return GoalPayload(goal=removed)  # type: ignore[arg-type]  # as above


def _said(input: Any) -> dict[str, Any]:
    """Return what was given, a filter as it is stored."""
    said = {name: value for name, value in given(input).items() if value is not None or name in _CLEARED}
    return said | ({"where": narrowing_of(input.where)} if "where" in said else {})
