"""Calendars written down as they are when somebody makes them."""

from datetime import datetime
from uuid import UUID

import msgspec

from apps.interactions.commands.openings import lay_out
from apps.interactions.models import Calendar, CalendarVersion, Queue
from tests.interactions.calendars.plain import Versions


def opened(key: str, written: Versions, *, now: datetime, queue: str | None = None) -> UUID:
    """Store a calendar in the open door, for a queue if asked."""
    calendar = Calendar.objects.create(key=key, created_at=now)
    for number, (since, said) in enumerate(written, 1):
        CalendarVersion.objects.create(
            calendar=calendar, number=number, effective_from=since, created_at=now, **msgspec.to_builtins(said)
        )
    lay_out(calendar, now=now)
    if queue is not None:
        Queue.objects.create(key=queue, calendar=calendar)
    return calendar.id
