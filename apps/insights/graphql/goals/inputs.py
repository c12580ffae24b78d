from dataclasses import fields
from datetime import date
from enum import Enum

import strawberry

from apps.insights.goals.narrowing import Narrowing
from apps.metrics.graphql.enums import MetricKey, Statistic
from apps.metrics.graphql.inputs import MetricWhere
from cxplatform.graphql.columns import column
from cxplatform.graphql.naming import camel
from cxplatform.graphql.payloads import optional

_ID = "The goal."
_TARGET = "What it is to come to, in the metric's unit; which way is better, the metric says."
_STARTS, _ENDS = "The first day of its period, in the brand's zone.", "The first day after it; up to five years later."
_WHERE = "What the number is narrowed to, but not to agents; nothing when left out."
_GROUP = "What it is told together with: goals of this group name and period; up to 100 characters."
_DEPARTMENT = "The department that is held to it, by key."


@strawberry.input(description="What a number is to come to.")
class SetGoalInput:
    metric: MetricKey = column("Which metric; not one of which neither more nor less is better.")
    target: float = column(_TARGET)
    starts_on: date = column(_STARTS)
    ends_before: date = column(_ENDS)
    variant: str | None = optional("How to compute it; the default when left out.")
    statistic: Statistic | None = optional("What to tell of durations and scores; MEAN when left out.")
    where: MetricWhere | None = optional(_WHERE)
    group: str | None = optional(_GROUP)
    department: str | None = optional(_DEPARTMENT)


@strawberry.input(description="What a goal says from now on. What is left out stays as it is.")
class ChangeGoalInput:
    id: strawberry.ID = column(_ID)
    target: float | None = optional(_TARGET)
    starts_on: date | None = optional(_STARTS)
    ends_before: date | None = optional(_ENDS)
    where: MetricWhere | None = optional(f"{_WHERE[: _WHERE.index(';')]}; null for nothing.")
    group: str | None = optional(f"{_GROUP[:-1]}; null for none.")
    department: str | None = optional(f"{_DEPARTMENT[:-1]}; null for all.")


@strawberry.input(description="The goal to remove.")
class RemoveGoalInput:
    id: strawberry.ID = column(_ID)


def narrowing_of(where: MetricWhere | None) -> Narrowing:
    """Return a filter as it is stored: what was given, by its names in the schema."""
    if not where:
        return {}
    given = {camel(field.name): getattr(where, field.name) for field in fields(where)}
    return {name: [_text(each) for each in values] for name, values in given.items() if values is not None}


def _text(value: str | Enum) -> str:
    return str(value.value) if isinstance(value, Enum) else value
