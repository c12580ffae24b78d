from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.calendars.inputs import (
    CreateCalendarInput,
    RetireCalendarInput,
    ReviseCalendarInput,
    written,
)
from apps.interactions.graphql.calendars.types import Calendar, CalendarVersion
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of createCalendar.")
class CreateCalendarPayload:
    calendar: Calendar | None = column("The calendar.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of reviseCalendar.")
class ReviseCalendarPayload:
    calendar: Calendar | None = column("The calendar.", default=None)
    version: CalendarVersion | None = column("Its new version.", default=None)
    user_errors: list[UserError] = column("Why nothing was added.", default_factory=user_errors)


@strawberry.type(description="What became of retireCalendar.")
class RetireCalendarPayload:
    calendar: Calendar | None = column("The calendar, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)


@strawberry.type
class CalendarMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CreateCalendarPayload,
        description="Make a calendar; its hours hold for all time, until it is revised.",
    )
    def create_calendar(self, info: Info, input: Annotated[CreateCalendarInput, INPUT]) -> CreateCalendarPayload | None:
        made = commands.create_calendar(
            actor=viewer_of(info), key=input.key, name=input.name, written=written(input), now=info.context.now
        )
        return CreateCalendarPayload(calendar=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ReviseCalendarPayload,
        description="Say what a calendar says from an instant on; what it said until then stays.",
    )
    def revise_calendar(self, info: Info, input: Annotated[ReviseCalendarInput, INPUT]) -> ReviseCalendarPayload | None:
        version = commands.revise_calendar(
            actor=viewer_of(info),
            calendar_id=key_of(input.id, "Calendar"),
            effective_from=input.effective_from,
            written=written(input),
            now=info.context.now,
        )
        return ReviseCalendarPayload(calendar=version.calendar, version=version)  # type: ignore[arg-type]  # rows, shown as the types

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RetireCalendarPayload,
        description="Close a calendar to changes and new uses for ever; what counts by it counts on.",
    )
    def retire_calendar(self, info: Info, input: Annotated[RetireCalendarInput, INPUT]) -> RetireCalendarPayload | None:
        retired = commands.retire_calendar(
            actor=viewer_of(info), calendar_id=key_of(input.id, "Calendar"), now=info.context.now
        )
        return RetireCalendarPayload(calendar=retired)  # type: ignore[arg-type]  # a row, shown as the type
