"""Reads of this app. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from apps.interactions.calendars.timeline import Timeline
from apps.interactions.calendars.written import hours_of
from apps.interactions.models import CalendarVersion, MergedCase


def versions_of(calendar_ids: Iterable[UUID]) -> QuerySet[CalendarVersion]:
    """Return all versions of these calendars, in the order they were made."""
    return CalendarVersion.objects.filter(calendar__in=calendar_ids).order_by("calendar", "number")


def timelines(versions: Iterable[CalendarVersion]) -> dict[UUID, Timeline]:
    """Put versions, given in the order they were made, together to their calendars' timelines, by calendar."""
    holding: dict[UUID, dict[object, CalendarVersion]] = {}
    for version in versions:
        # The last one made of those from one instant holds.
        holding.setdefault(version.calendar_id, {})[version.effective_from] = version
    return {calendar_id: _timeline(found.values()) for calendar_id, found in holding.items()}


def _timeline(versions: Iterable[CalendarVersion]) -> Timeline:
    ordered = sorted(versions, key=lambda version: version.effective_from)
    return Timeline([(version.effective_from, hours_of(version.written())) for version in ordered])


def case_of_now(case_id: UUID) -> UUID:
    """Return the case that one was merged into; itself where it was not."""
    merged = MergedCase.objects.filter(pk=case_id).values_list("into_id", flat=True)
    return merged.first() or case_id
