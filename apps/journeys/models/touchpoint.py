from typing import ClassVar

from django.db import models

from apps.customers.models import Customer
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, at_least_zero, one_of, unique_in_source


class Touchpoint(models.Model):
    """A moment in a journey, human or not; named by its key until a journey maps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=50, null=True, blank=True)
    department = models.CharField(max_length=100, null=True, blank=True)

    def __str__(self) -> str:
        return self.key


class Outcome(models.TextChoices):
    SMOOTH = "SMOOTH"
    FRICTION = "FRICTION"
    FAILED = "FAILED"


class TouchpointEvent(Imported):
    """Something a customer went through at a touchpoint, with or without a human on the other side."""

    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="touchpoint_events", db_index=False)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="events")
    occurred_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, null=True, blank=True)
    duration_ms = models.BigIntegerField(null=True, blank=True)
    promise = models.CharField(max_length=100, null=True, blank=True)
    promise_kept = models.BooleanField(null=True, blank=True)
    attributes = models.JSONField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("touchpoint_event"),
            one_of("touchpoint_event", "outcome", Outcome.values),
            *at_least_zero("touchpoint_event", "duration_ms"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["occurred_at", "id"], name="touchpoint_event_by_time"),
            models.Index(fields=["touchpoint", "occurred_at"], name="touchpoint_event_in_time"),
            models.Index(fields=["customer", "occurred_at", "id"], name="touchpoint_event_by_customer"),
            models.Index(
                fields=["promise"], condition=models.Q(promise__isnull=False), name="touchpoint_event_of_promise"
            ),
        ]
