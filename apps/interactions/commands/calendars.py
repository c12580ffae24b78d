"""Making, revising and retiring calendars. A version is never changed: a new one takes its place."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.calendars.checks import check
from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import Written
from apps.interactions.commands.openings import lay_out, mark_counted_by
from apps.interactions.models import Calendar, CalendarVersion
from apps.interactions.slas.marks import mark_targets_counted_by
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound

# Whoever counts by a calendar reads all of its versions.
MOST_VERSIONS: Final = 200


def create_calendar(*, actor: Viewer, key: str, name: str, written: Written, now: datetime) -> Calendar:
    """Make a calendar whose first version holds for all time, until it is revised.

    Raises: Forbidden; BadInput naming the field; Conflict when the key is taken.
    """
    actor.require(Permission.CONFIGURE)
    if not 1 <= len(key.strip()) <= 100:
        raise BadInput("A calendar's key has 1 to 100 characters.", field="key")
    if len(name.strip()) > 200:
        raise BadInput("A calendar's name has at most 200 characters.", field="name")
    check(written)
    try:
        with transaction.atomic():
            calendar = Calendar.objects.create(key=key.strip(), name=name.strip(), created_at=now)
    except IntegrityError as error:
        raise Conflict("A calendar with this key exists.", field="key") from error
    version = _add(calendar, EARLIEST, written, now)
    lay_out(calendar, now=now)
    mark_counted_by(calendar)
    _record(actor, "create_calendar", calendar, now=now, after={"name": calendar.name, **_told(version)})
    return calendar


def revise_calendar(
    *, actor: Viewer, calendar_id: UUID, effective_from: datetime, written: Written, now: datetime
) -> CalendarVersion:
    """Add the version that holds from an instant on, past or future, until the next one's.

    It takes the place of one from the same instant, which is kept. Raises: Forbidden; NotFound; BadInput naming the
    field; Conflict when the calendar is retired or has as many versions as it may.
    """
    actor.require(Permission.CONFIGURE)
    calendar = _locked(calendar_id)
    if calendar.retired_at is not None:
        raise Conflict("The calendar is retired.", field="id")
    if effective_from < EARLIEST:
        raise BadInput("A version holds from 1900 on at the earliest.", field="effective_from")
    check(written)
    version = _add(calendar, effective_from, written, now)
    lay_out(calendar, now=now)
    mark_counted_by(calendar, since=effective_from)
    mark_targets_counted_by(calendar.id, effective_from)
    _record(actor, "revise_calendar", calendar, now=now, after=_told(version))
    return version


def retire_calendar(*, actor: Viewer, calendar_id: UUID, now: datetime) -> Calendar:
    """Close a calendar to changes and new uses for ever; a retired one stays as it is, and what counts by it counts on.

    Raises: Forbidden; NotFound.
    """
    actor.require(Permission.CONFIGURE)
    calendar = _locked(calendar_id)
    if calendar.retired_at is None:
        calendar.retired_at = now
        calendar.save(update_fields=["retired_at"])
        _record(actor, "retire_calendar", calendar, now=now, before={"retired_at": None}, after={"retired_at": now})
    return calendar


def _locked(calendar_id: UUID) -> Calendar:
    """Read a calendar so that nobody else numbers a version of it meanwhile."""
    calendar = Calendar.objects.select_for_update().filter(pk=calendar_id).first()
    if calendar is None:
        raise NotFound("There is no such calendar.")
    return calendar


def _add(calendar: Calendar, effective_from: datetime, written: Written, now: datetime) -> CalendarVersion:
    number = 1 + calendar.versions.count()
    if number > MOST_VERSIONS:
        raise Conflict(f"A calendar has {MOST_VERSIONS} versions at most; make another.", field="id")
    columns = msgspec.to_builtins(written)
    return CalendarVersion.objects.create(
        calendar=calendar, number=number, effective_from=effective_from, created_at=now, **columns
    )


def _told(version: CalendarVersion) -> dict[str, object]:
    said = msgspec.to_builtins(version.written())
    return {"number": version.number, "effective_from": version.effective_from, **said}


def _record(actor: Viewer, action: str, calendar: Calendar, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=Subject("Calendar", calendar.id, calendar.key), **told)
