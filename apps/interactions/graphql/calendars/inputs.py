from datetime import date, datetime

import strawberry

from apps.interactions.calendars.written import Opening, SpecialDay, WeekdayOpening, Written
from cxplatform.graphql.columns import column

_OPENS = "When it opens by the wall clock: `HH:MM`."
_CLOSES = "When it closes: `HH:MM`, at most `24:00`; of the next day, where that is earlier than it opens."


@strawberry.input(description="Hours of one day of every week. A day may have several.")
class OpeningHoursInput:
    weekday: int = column("The day it opens on: 1 (Monday) to 7 (Sunday).")
    opens: str = column(_OPENS)
    closes: str = column(_CLOSES)


@strawberry.input(description="Hours of one date.")
class SpecialHoursInput:
    opens: str = column(_OPENS)
    closes: str = column(_CLOSES)


@strawberry.input(description="A date with hours of its own, whatever weekday or holiday it is.")
class SpecialDayInput:
    day: date = column("The date.")
    hours: list[SpecialHoursInput] = column("Its hours, at most 10; closed when empty.")


@strawberry.input
class _VersionInput:
    """What a version says; all of it, so that nothing is lost by being left out."""

    time_zone: str = column("The zone of its wall clock: an IANA name.")
    hours: list[OpeningHoursInput] = column("The hours of a week: 1 to 70, none overlapping another.")
    holidays: list[str] = column(
        "Whose public holidays are days off: at most 10 countries or parts of them, such as `US` or `DE-BY`."
    )
    special_days: list[SpecialDayInput] = column("Dates with hours of their own, at most 400.")


@strawberry.input(description="A new calendar. What it says holds for all time, until it is revised.")
class CreateCalendarInput(_VersionInput):
    key: str = column("What others refer to it by: 1 to 100 characters, no other calendar's.")
    name: str = column("Its name, for people.", default="")


@strawberry.input(description="What a calendar says from an instant on; all of it, for nothing is taken over.")
class ReviseCalendarInput(_VersionInput):
    id: strawberry.ID = column("The calendar's id.")
    effective_from: datetime = column(
        "From when it holds, past or future; the version from the very same instant gives way to it."
    )


@strawberry.input(description="The calendar to retire.")
class RetireCalendarInput:
    id: strawberry.ID = column("The calendar's id.")


def written(given: _VersionInput) -> Written:
    """Return what a version says as a value."""
    hours = [WeekdayOpening(each.opens, each.closes, each.weekday) for each in given.hours]
    special_days = [
        SpecialDay(special.day, [Opening(each.opens, each.closes) for each in special.hours])
        for special in given.special_days
    ]
    return Written(given.time_zone, hours, given.holidays, special_days)
