from datetime import date, datetime
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.calendars.written import Written
from apps.interactions.graphql.calendars.filters import CalendarVersionWhere
from apps.interactions.graphql.calendars.orders import CALENDAR_VERSION_ORDERS
from apps.interactions.graphql.calendars.questions import DEADLINE, IS_OPEN, NEXT_OPENING, OPEN_SECONDS
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored


@strawberry.type(description="Hours of one day of every week.")
class OpeningHours:
    weekday: int = column("The day it opens on: 1 (Monday) to 7 (Sunday).")
    opens: str = column("When it opens by the wall clock.")
    closes: str = column("When it closes; of the next day, where that is earlier than it opens.")


@strawberry.type(description="Hours of one date.")
class SpecialHours:
    opens: str = column("When it opens by the wall clock.")
    closes: str = column("When it closes; of the next day, where that is earlier than it opens.")


@strawberry.type(description="A date with hours of its own.")
class SpecialDay:
    day: date = column("The date.")
    hours: list[SpecialHours] = column("Its hours; closed when there are none.")


def _hours(root: strawberry.Parent[models.CalendarVersion]) -> list[OpeningHours]:
    return root.written().hours  # type: ignore[return-value]  # values, shown as the type


def _special_days(root: strawberry.Parent[models.CalendarVersion]) -> list[SpecialDay]:
    return root.written().special_days  # type: ignore[return-value]  # as above


@strawberry_django.type(models.CalendarVersion, description="What a calendar says from an instant on; never changed.")
class CalendarVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = tuple(Written.__dataclass_fields__)

    number: auto = column("Its place among the calendar's versions, in the order they were made.")
    effective_from: auto = column(
        "From when it holds, until the next one's; of two from one instant, the higher number does."
    )
    time_zone: auto = column("The zone of its wall clock: an IANA name.")
    hours: list[OpeningHours] = strawberry.field(resolver=_hours, description="The hours of a week.")
    holidays: list[str] = column("Whose public holidays are days off: countries or parts of them.")
    special_days: list[SpecialDay] = strawberry.field(
        resolver=_special_days, description="Dates with hours of their own, whatever weekday or holiday they are."
    )
    created_at: auto = column("When it was made.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Calendar, description="When somebody is there for customers: what open time is.")
class Calendar(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    created_at: auto = column("When it was made.")
    retired_at: auto = column("When it was retired; null while it is in use.")
    versions: Connection[CalendarVersion] | None = child_connection(
        Children(CalendarVersion, CALENDAR_VERSION_ORDERS, CalendarVersionWhere, ("calendar_id",)),
        description="What it says and said; the newest first.",
    )
    is_open: bool = IS_OPEN
    next_opening: datetime | None = NEXT_OPENING
    open_seconds: float | None = OPEN_SECONDS
    deadline: datetime | None = DEADLINE

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset
