from datetime import date
from typing import Annotated, Any, Final

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.insights import models
from apps.insights.goals.attaining import Looker, attainment_of
from apps.insights.graphql.goals.enums import GoalBasis, GoalStatus, GoalUnknown, JointGoalStatus
from apps.journeys.graphql.mapping.types import Department
from apps.metrics.definitions.registry import METRICS
from apps.metrics.graphql.arguments import sees_numbers_alone
from apps.metrics.graphql.enums import MetricKey, Statistic
from apps.metrics.graphql.inputs import WindowInput
from apps.metrics.graphql.types import MetricDefinition, MetricValue, Window
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import AnyInfo, Info
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.scalars import Json

# A number over a period that may be years long.
AN_ATTAINMENT: Final = 30

MaybeSpan = Annotated[
    WindowInput | None,
    strawberry.argument(description="Over which time; over the goal's period up to the end of today when left out."),
]


@strawberry.type(description="How a goal stands: its number, held against its target.")
class GoalAttainment:
    status: GoalStatus = column("Whether it is reached.")
    basis: GoalBasis | None = column("What that was judged by; null where it is NOT_KNOWN.")
    reason: GoalUnknown | None = column("Why it is NOT_KNOWN; null otherwise.")
    window: Window | None = column("The time that was looked at; null where none was.")
    number: MetricValue | None = column(
        "The metric's number over that time, as `metric` tells it, with how many it rests on and its interval; null"
        " where none was looked at."
    )


def looker_of(info: Info) -> Looker:
    """Return who looks, and when."""
    return Looker(info.context.now, sees_numbers_alone(info), info.context.rights.only_own_work)


def _attainment(root: strawberry.Parent[Any], info: Info, window: MaybeSpan = None) -> GoalAttainment | None:
    span = window.checked() if window else None
    return attainment_of(root, looker_of(info), span)  # type: ignore[return-value]  # shown as the type


def _definition(root: strawberry.Parent[Any]) -> MetricDefinition:
    return METRICS[root.metric]  # type: ignore[return-value]  # as above


@strawberry_django.type(models.Goal, description="What a number is to come to over a period, and who is held to it.")
class Goal(Stored, Node):
    requires = Permission.METRICS
    kept = ("metric", "variant", "statistic", "target", "where", "starts_on", "ends_before")

    metric: MetricKey = column("Which metric.")
    variant: str = column("How it is computed.")
    statistic: Statistic | None = column("What is told of the distribution; null for rates and counts.")
    target: float = column("What it is to come to; the metric's direction says which way is better.")
    where: Json = column("What the number is narrowed to, by the fields of MetricWhere.")
    starts_on: auto = column("The first day of its period, in the brand's zone.")
    ends_before: auto = column("The first day after its period.")
    group: str = column("The group it is told with; empty where it stands alone.")
    created_at: auto = column("When it was set.")
    updated_at: auto = column("When it last changed.")
    department: Department | None = relation("The department that is held to it; null where all are.")
    definition: MetricDefinition = strawberry.field(
        resolver=_definition, description="What the metric means, and which way is better."
    )
    attainment: GoalAttainment | None = strawberry.field(
        resolver=_attainment, description="How it stands, as of now.", metadata=priced(Price(AN_ATTAINMENT))
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry.type(description="A goal of a group, and how it stands.")
class GoalStanding:
    goal: Goal = column("The goal.")
    attainment: GoalAttainment = column("How it stands over the group's period so far.")


@strawberry.type(description="Goals of one group and one period, told together.")
class GoalGroup:
    group: str = column("The group's name.")
    starts_on: date = column("The first day of the period, in the brand's zone.")
    ends_before: date = column("The first day after it.")
    status: JointGoalStatus = column("Whether they are reached together.")
    goals: list[GoalStanding] = column("The goals, 5 at most, the oldest first.")
