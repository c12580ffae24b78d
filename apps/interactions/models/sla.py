from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.interactions.models.calendar import Calendar
from apps.interactions.models.interaction import Interaction, Priority
from apps.interactions.models.keyed import Keyed
from apps.interactions.sla.policies import Measure
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of

_MEASURES = [measure.value for measure in Measure]


class SlaPolicy(Keyed):
    """What is promised to contacts of a kind; what it says is its versions'. Retired, never deleted."""

    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)


class SlaPolicyVersion(models.Model):
    """What a policy says to contacts opened from an instant on; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    policy = models.ForeignKey(SlaPolicy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateTimeField()
    rank = models.PositiveSmallIntegerField(help_text="the policy of the lowest rank that fits a contact is its own")
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channels = ArrayField(models.CharField(max_length=12))
    priorities = ArrayField(models.CharField(max_length=6))
    queues = ArrayField(models.CharField(max_length=100), help_text="keys of queues")
    segments = ArrayField(models.CharField(max_length=100))
    targets = models.JSONField(help_text="[{measure, business, seconds: {priority: seconds}}]")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "number"], name="sla_policy_version_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}/{self.number}"


class SlaWatch(models.Model):
    """How far the clock has gone for rollups: of targets broken until then, the days were counted anew. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    counted_until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.counted_until)


class SlaInstance(models.Model):
    """A target of one contact: by when it is due and when it was ended. Made anew from events, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="slas")
    version = models.ForeignKey(SlaPolicyVersion, on_delete=models.PROTECT, related_name="instances")
    measure = models.CharField(max_length=16, choices=[(measure, measure) for measure in _MEASURES])
    number = models.PositiveIntegerField(help_text="its place among those of its measure")
    priority = models.CharField(max_length=6, choices=Priority)
    target_seconds = models.PositiveIntegerField()
    business = models.BooleanField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interaction", "measure", "number"], name="sla_instance_numbered"),
            one_of("sla_instance", "measure", _MEASURES),
            one_of("sla_instance", "priority", Priority.values),
        ]
        indexes: ClassVar = [
            models.Index(fields=["started_at", "id"], name="sla_instance_in_time"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(ended_at__isnull=True, due_at__isnull=False),
                name="sla_instance_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id} {self.measure} {self.number}"


class SlaMark(models.Model):
    """A contact whose targets must be made anew, for something was told of it; deleted by whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No foreign key: a mark is soon gone, and checking it would cost as much as writing it.
    interaction_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.interaction_id)
