"""Writing down when calendars are open, and marking the days whose numbers change with it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from django.db.models import Max, Min, Q

from apps.interactions.calendars.openings import Laid, laid_out, years_of
from apps.interactions.models import Calendar, CalendarOpening, Interaction, Queue
from apps.interactions.selectors import timelines, versions_of
from cxplatform.dirty.marks import mark
from cxplatform.imports.loading import copy_rows
from cxplatform.imports.tables import TableColumn, table_column
from cxplatform.tenancy.doors import current_brand

# The calendar that holds where a queue names none.
DEFAULT_KEY: Final = "default"
TOPIC: Final = "interaction"
_DAY = timedelta(days=1)


def lay_out(calendar: Calendar, *, now: datetime) -> None:
    """Write down when a calendar is open, in place of what was written before."""
    timeline = timelines(versions_of([calendar.id]))[calendar.id]
    CalendarOpening.objects.filter(calendar=calendar).delete()
    # All are reckoned before the statement begins, whose time is bounded.
    openings = [(calendar.id, *laid) for laid in laid_out(timeline, *years_of(now))]
    copy_rows(CalendarOpening._meta.db_table, _columns(), openings)


@cache
def _columns() -> list[TableColumn]:
    return [table_column(CalendarOpening._meta.get_field(name)) for name in ("calendar", *Laid._fields)]


def lay_out_further(*, now: datetime) -> None:
    """Write down all calendars whose table does not reach as far as it should: once a year, each."""
    reached = CalendarOpening.objects.filter(seconds_before=None, opens_at__gte=years_of(now)[1])
    for calendar in Calendar.objects.exclude(id__in=reached.values("calendar")):
        is_new = not CalendarOpening.objects.filter(calendar=calendar).exists()
        lay_out(calendar, now=now)
        if is_new:
            mark_counted_by(calendar)


def mark_counted_by(calendar: Calendar, since: datetime | None = None) -> None:
    """Mark the days of the interactions that count by a calendar and were open at some time since an instant."""
    of_queues = list(Queue.objects.filter(calendar=calendar).values_list("id", flat=True))
    counted = Q(queue__in=of_queues)
    if calendar.key == DEFAULT_KEY:
        counted |= Q(queue=None) | Q(queue__calendar=None)
    elif not of_queues:
        return
    if since is not None:
        counted &= Q(resolved_at__gt=since) | Q(first_response_at__gt=since)
    _mark_within(counted)


def mark_queue(queue_id: UUID) -> None:
    """Mark the days of a queue's interactions."""
    _mark_within(Q(queue=queue_id))


def _mark_within(where: Q) -> None:
    """Mark every day from the first one on which such an interaction was opened to the last."""
    span = Interaction.objects.filter(where).aggregate(first=Min("opened_at"), last=Max("opened_at"))
    if span["first"] is not None:
        zone = current_brand().zone
        mark(TOPIC, _days(*(span[end].astimezone(zone).date() for end in ("first", "last"))))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))
