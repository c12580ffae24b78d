from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from enum import Enum

import strawberry

from apps.interactions.graphql.enums import Channel, HandledBy, Priority
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where, where_of
from apps.metrics.scoping import under_reasons
from apps.metrics.windows import Window, window_of
from cxplatform.graphql.columns import column
from cxplatform.tenancy.doors import current_brand


@strawberry.input(description="A half-open span of time, at most five years, on whole hours of the brand's zone.")
class WindowInput:
    from_: datetime = strawberry.field(name="from", description="Where it begins: the first instant in it.")
    to: datetime = strawberry.field(description="Where it ends: the first instant after it.")

    def checked(self) -> Window:
        """Return the window. Raises: BadInput, naming the field."""
        return window_of(self.from_, self.to, current_brand().zone)


@strawberry.input(description="What to count: every field given must match, by any of its values.")
class MetricWhere:
    channel: list[Channel] | None = column("The ways a contact came.", default=None)
    queue: list[str] | None = column("Queues, by key.", default=None)
    agent: list[str] | None = column(
        "Agents, by key; needs the permission METRICS_BY_AGENT, but for oneself.", default=None
    )
    team: list[str] | None = column("Teams, by key.", default=None)
    reason: list[str] | None = column("Reasons, by path; a path means itself, not what is below it.", default=None)
    reason_under: list[str] | None = column(
        "Reasons with all that lies below them, by path; with `reason` too, what both let through.", default=None
    )
    touchpoint: list[str] | None = column("Touchpoints, by key.", default=None)
    stage: list[str] | None = column("Stages the touchpoint was in then, by key.", default=None)
    department: list[str] | None = column("Departments that owned the touchpoint then, by key.", default=None)
    segment: list[str] | None = column("Segments of customers.", default=None)
    country: list[str] | None = column("Customers' countries, ISO 3166-1 alpha-2.", default=None)
    language: list[str] | None = column("Languages, as BCP 47 tags.", default=None)
    priority: list[Priority] | None = column("How urgent.", default=None)
    survey: list[str] | None = column("Surveys, by key; for metrics of answers.", default=None)
    handled_by: list[HandledBy] | None = column("A person or a program.", default=None)
    promise: list[str] | None = column("Promises, by key; for metrics of promises and of hand-offs.", default=None)
    from_department: list[str] | None = column("Departments that handed on, by key.", default=None)
    to_department: list[str] | None = column("Departments it was handed to, by key.", default=None)


def filter_of(where: MetricWhere | None) -> Where:
    """Return the filter a client gave. Raises: BadInput, naming the field."""
    if where is None:
        return EVERYTHING
    given: dict[DimensionKey, Sequence[str | Enum] | None] = {
        DimensionKey(field.name.upper()): getattr(where, field.name)
        for field in fields(where)
        if field.name != "reason_under"
    }
    asked = where_of(
        {key: None if values is None else [_text(value) for value in values] for key, values in given.items()}
    )
    return asked if where.reason_under is None else under_reasons(asked, where.reason_under)


def _text(value: str | Enum) -> str:
    return str(value.value) if isinstance(value, Enum) else value
