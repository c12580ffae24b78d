"""How far goals are reached: their numbers, held against their targets. Runs in the brand's door.

A goal tells no more than its metric does: its number is asked for with the rights of whoever looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from apps.insights.goals.judging import (
    NOT_KNOWN,
    GoalBasis,
    GoalStatus,
    JointStatus,
    Judgement,
    judge,
    judge_together,
)
from apps.insights.goals.models import Goal
from apps.insights.goals.narrowing import where_of_goal
from apps.insights.goals.wanted import grows, period_of
from apps.metrics.answers import MetricValue
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import Statistic
from apps.metrics.selectors import metric_value
from apps.metrics.windows import Window, day_of, day_start
from cxplatform.tenancy.doors import current_brand

MOST_GROUPS: Final = 20


class GoalUnknown(StrEnum):
    """Why it is not known how a goal stands."""

    NOT_BEGUN = "NOT_BEGUN"
    NOT_WHOLE_PERIOD = "NOT_WHOLE_PERIOD"
    NO_DATA = "NO_DATA"
    NO_MODEL = "NO_MODEL"
    SUPPRESSED = "SUPPRESSED"
    OWN_WORK_ONLY = "OWN_WORK_ONLY"


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, and when: whoever sees its own work alone is told no goal's number, for goals are everybody's."""

    now: datetime
    numbers_alone: bool
    own_work_only: bool = False


@dataclass(frozen=True, slots=True)
class GoalAttainment:
    """How a goal stands; `window` is None where it was not looked at."""

    judgement: Judgement
    reason: GoalUnknown | None
    window: Window | None = None
    number: MetricValue | None = None

    @property
    def status(self) -> GoalStatus:
        """Return how the goal stands."""
        return self.judgement.status

    @property
    def basis(self) -> GoalBasis | None:
        """Return what that was judged by."""
        return self.judgement.basis


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal and how it stands."""

    goal: Goal
    attainment: GoalAttainment


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """Goals of one group and period, told together."""

    group: str
    starts_on: date
    ends_before: date
    goals: Sequence[Standing]

    @property
    def status(self) -> JointStatus:
        """Return how they stand together."""
        return judge_together(each.attainment.status for each in self.goals)


def attainment_of(goal: Goal, looker: Looker, window: Window | None = None) -> GoalAttainment:
    """Return how a goal stands, over its period so far or a window. Raises: BadInput, naming the window."""
    if looker.own_work_only:
        return GoalAttainment(NOT_KNOWN, GoalUnknown.OWN_WORK_ONLY)
    zone = current_brand().zone
    period = period_of(goal.starts_on, goal.ends_before, zone)
    if window is None and period.start > looker.now:
        return GoalAttainment(NOT_KNOWN, GoalUnknown.NOT_BEGUN)
    asked = window or _so_far(period, looker.now)
    number = metric_value(
        goal.metric,
        asked,
        now=looker.now,
        where=where_of_goal(goal.where),
        variant=goal.variant,
        statistic=Statistic(goal.statistic) if goal.statistic else None,
        in_blocks=looker.numbers_alone,
    )
    reason = _unknown(number) or _early(number, asked, period, looker.now)
    if reason is not None:
        return GoalAttainment(NOT_KNOWN, reason, asked, number)
    direction = METRICS[goal.metric].direction
    return GoalAttainment(judge(number.value, number.interval, goal.target, direction), None, asked, number)


def goal_groups(looker: Looker, *, group: str | None = None, top: int = MOST_GROUPS) -> list[GoalGroup]:
    """Return the groups of goals, one for each period they have goals for, the latest period first."""
    goals = Goal.objects.exclude(group="")
    named = goals if group is None else goals.filter(group=group)
    latest = named.order_by("-starts_on", "-ends_before", "group").values_list("starts_on", "ends_before", "group")
    told: dict[tuple[date, date, str], list[Standing]] = {key: [] for key in latest.distinct()[:top]}
    of_these = (Q(starts_on=starts, ends_before=ends, group=name) for starts, ends, name in told)
    for goal in goals.filter(reduce(or_, of_these, Q(pk=None))).order_by("created_at", "id"):
        standing = Standing(goal, attainment_of(goal, looker))
        told[goal.starts_on, goal.ends_before, goal.group].append(standing)
    return [GoalGroup(name, starts, ends, standings) for (starts, ends, name), standings in told.items()]


def _so_far(period: Window, now: datetime) -> Window:
    """Return a period up to the end of today: in whole days, for private numbers are told for such alone."""
    zone = current_brand().zone
    return Window(period.start, min(period.end, day_start(day_of(now, zone) + timedelta(days=1), zone)))


def _unknown(number: MetricValue) -> GoalUnknown | None:
    if number.value is not None:
        return None
    if number.suppressed:
        return GoalUnknown.SUPPRESSED
    return GoalUnknown.NO_DATA if number.unavailable_reason is None else GoalUnknown.NO_MODEL


def _early(number: MetricValue, asked: Window, period: Window, now: datetime) -> GoalUnknown | None:
    """Return why a number that grows with its window is not judged yet, or not by this window."""
    if not grows(number.definition, number.question.variant) or (asked == period and period.end <= now):
        return None
    return GoalUnknown.NOT_WHOLE_PERIOD
