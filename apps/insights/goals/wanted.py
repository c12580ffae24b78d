"""What a goal may be: of which numbers, with which targets, over which periods."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from apps.insights.goals.models import Goal
from apps.insights.goals.narrowing import Narrowing, checked_narrowing
from apps.journeys.models import Department
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.parts import Exposure, Variant
from apps.metrics.definitions.vocabulary import Direction, Statistic, Unit
from apps.metrics.questions import question
from apps.metrics.windows import EARLIEST_YEAR, LATEST_YEAR, Window, day_start, window_of
from cxplatform.errors import BadInput

LONGEST_GROUP: Final = 100
_NO_END: Final = math.inf
# Between which targets of a unit lie.
_TARGETS: Final[Mapping[Unit, tuple[float, float]]] = {
    Unit.FRACTION: (0, 1),
    Unit.POINTS: (-100, 100),
    Unit.SCORE: (-1, 7),
    Unit.SECONDS: (0, _NO_END),
    Unit.COUNT: (0, _NO_END),
    Unit.RATIO: (0, _NO_END),
    Unit.MONEY: (-_NO_END, _NO_END),
}
_LARGEST: Final = 1e15


@dataclass(frozen=True, slots=True)
class Wanted:
    """A goal as somebody asks for it; the department is named by its key."""

    metric: str
    target: float
    starts_on: date
    ends_before: date
    variant: str | None = None
    statistic: str | None = None
    where: Narrowing = field(default_factory=dict)
    group: str | None = None
    department: str | None = None


def wanted_of(goal: Goal) -> Wanted:
    """Return a goal as it could be asked for."""
    return Wanted(
        goal.metric, goal.target, goal.starts_on, goal.ends_before, variant=goal.variant, statistic=goal.statistic,
        where=goal.where, group=goal.group, department=goal.department.key if goal.department else None,
    )  # fmt: skip


def checked(wanted: Wanted, zone: ZoneInfo) -> dict[str, Any]:
    """Return the columns of a goal. Raises: BadInput, naming the field."""
    asked = question(
        wanted.metric, variant=wanted.variant, statistic=Statistic(wanted.statistic) if wanted.statistic else None
    )
    _check_kind(asked.metric, asked.variant)
    _check_target(wanted.target, asked.metric.unit_of(asked.variant))
    period_of(wanted.starts_on, wanted.ends_before, zone)
    return {
        "metric": asked.metric.key,
        "variant": asked.variant.key,
        "statistic": asked.statistic.value if asked.statistic else None,
        "target": wanted.target,
        "where": checked_narrowing(wanted.where, asked.metric.fact),
        "starts_on": wanted.starts_on,
        "ends_before": wanted.ends_before,
        "group": _group(wanted.group),
        "department": _department(wanted.department),
    }


def period_of(starts_on: date, ends_before: date, zone: ZoneInfo) -> Window:
    """Return the span of a period of local days. Raises: BadInput, naming the field."""
    for name, day in (("startsOn", starts_on), ("endsBefore", ends_before)):
        if not EARLIEST_YEAR < day.year < LATEST_YEAR:
            raise BadInput(f"The day must lie after {EARLIEST_YEAR} and before {LATEST_YEAR}.", field=name)
    if starts_on >= ends_before:
        raise BadInput("A period has one day at least.", field="endsBefore")
    try:
        return window_of(day_start(starts_on, zone), day_start(ends_before, zone), zone)
    except BadInput as refused:
        raise BadInput(refused.message, field="endsBefore") from None


def grows(metric: Metric, variant: Variant) -> bool:
    """Tell whether a number grows with its window, so that half a period says nothing of the whole.

    So do contacts held against customers, and what compares a window's end with its start.
    """
    return metric.fact.spanned or variant.exposure is Exposure.ACTIVE_CUSTOMERS


def _check_kind(metric: Metric, variant: Variant) -> None:
    if metric.direction is Direction.NEUTRAL:
        raise BadInput(f"Of {metric.key} neither more nor less is better.", field="metric")
    if variant.denominator is None and variant.exposure is None and not variant.stock:
        raise BadInput(
            f"{metric.key} in its variant {variant.key} counts what happens: neither more nor less is better.",
            field="variant",
        )


def _check_target(target: float, unit: Unit) -> None:
    least, most = _TARGETS[unit]
    if not (least <= target <= most and abs(target) <= _LARGEST):
        ends = f"from {least:g} to {most:g}" if math.isfinite(most) else "0 or more, and a number that is meant"
        raise BadInput(f"A target in {unit.value} is {ends}.", field="target")


def _group(group: str | None) -> str:
    name = (group or "").strip()
    if len(name) > LONGEST_GROUP:
        raise BadInput(f"A group's name has {LONGEST_GROUP} characters at most.", field="group")
    return name


def _department(key: str | None) -> Department | None:
    if key is None:
        return None
    known = Department.objects.filter(key=key).first()
    if known is None:
        raise BadInput("There is no such department.", field="department")
    return known
