from typing import ClassVar

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import Written
from cxplatform.ids import uuid7


class Calendar(models.Model):
    """When somebody is there for the brand's customers; its hours are its versions'. Retired, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key


class CalendarVersion(models.Model):
    """What a calendar says from an instant on; never changed. Of two from one instant the higher number holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    hours = models.JSONField(help_text="openings of the week: [{weekday, opens, closes}]")
    holidays = ArrayField(models.CharField(max_length=50), help_text="regions whose public holidays are days off")
    special_days = models.JSONField(help_text="days with hours of their own: [{day, hours: [{opens, closes}]}]")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_numbered"),
            models.CheckConstraint(
                condition=models.Q(effective_from__gte=EARLIEST), name="calendar_version_effective_from_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}/{self.number}"

    def written(self) -> Written:
        """Return what it says."""
        return msgspec.convert({name: getattr(self, name) for name in Written.__dataclass_fields__}, Written)


class CalendarOpening(models.Model):
    """When a calendar is open by all of its versions, with how much open time there was before, for sums in SQL.

    Written anew whenever the calendar is revised; the last one of a calendar, whose sum is unknown, ends the table.
    """

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="openings")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    seconds_before = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "opens_at"], name="calendar_opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.opens_at}"
