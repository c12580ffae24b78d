from typing import Annotated, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.goals.attaining import MOST_GROUPS, goal_groups
from apps.insights.goals.commands import MOST_IN_A_GROUP
from apps.insights.graphql.goals.lists import GOAL_ORDERS, GoalWhere
from apps.insights.graphql.goals.types import AN_ATTAINMENT, Goal, GoalGroup, looker_of
from cxplatform.errors import BadInput
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Arguments, Price
from cxplatform.graphql.roots import query_field
from cxplatform.graphql.siblings import keep_together

_USUAL_TOP: Final = 5

OfGroup = Annotated[str | None, strawberry.argument(description="The group's name; all groups when left out.")]
Top = Annotated[int, strawberry.argument(description=f"How many groups and periods: 1 to {MOST_GROUPS}.")]


def _groups(arguments: Arguments) -> float:
    top = arguments.get("top")
    return min(max(top, 1), MOST_GROUPS) if isinstance(top, int | float) else _USUAL_TOP


# Of as many goals as a group may have; most have two.
GROUPS: Final = Price(1, each=MOST_IN_A_GROUP * AN_ATTAINMENT, times=_groups)


@strawberry.type
class GoalQueries:
    goals: Connection[Goal] | None = root_connection(
        Goal, GOAL_ORDERS, GoalWhere, description="What numbers are to come to; the newest goal first."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=GROUPS,
        description="Goals that are told together, such as one of service and one of the journey: for each group and"
        " period whether all are reached at once; the latest period first.",
    )
    def goal_groups(self, info: Info, *, group: OfGroup = None, top: Top = _USUAL_TOP) -> list[GoalGroup] | None:
        if not 1 <= top <= MOST_GROUPS:
            raise BadInput(f"1 to {MOST_GROUPS} groups are told at once.", field="top")
        found = goal_groups(looker_of(info), group=group, top=top)
        keep_together([standing.goal for each in found for standing in each.goals])
        return found  # type: ignore[return-value]  # shown as the type
