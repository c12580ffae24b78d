"""Where customers are on journeys: made anew from what they went through, never written by hand."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.customers.models import Customer
from apps.journeys.models.journey import Journey
from apps.journeys.models.stage import JourneyStage
from apps.journeys.models.touchpoint import Touchpoint
from apps.journeys.stages.moments import MomentKind
from apps.journeys.stages.walking import Came, Left
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of

ENTRIES = [(each.value, each.value) for each in Came]
ENDINGS = [(each.value, each.value) for each in Left]
MOMENT_KINDS = [(each.value, each.value) for each in MomentKind]


class StageVisit(models.Model):
    """A customer's stay in a stage of a journey over [entered_at, left_at); the first of a journey is number 1.

    `left_at` may lie ahead: a version that begins then has no such stage. What it was entered by is named by id and
    kind; it may be a row of an app above this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="stage_visits", db_index=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="visits")
    number = models.PositiveIntegerField()
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, related_name="visits")
    stage_key = models.CharField(max_length=50)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_kind = models.CharField(max_length=16, choices=MOMENT_KINDS)
    entered_by_id = models.UUIDField()
    came = models.CharField(max_length=7, choices=ENTRIES)
    skipped = models.PositiveSmallIntegerField()
    again = models.PositiveIntegerField()
    moments = models.PositiveIntegerField()
    last_moment_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=11, choices=ENDINGS, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "journey", "number"], name="stage_visit_numbered"),
            models.CheckConstraint(
                condition=Q(left_at=None, ending=None) | Q(left_at__gte=F("entered_at"), ending__isnull=False),
                name="stage_visit_left_after_it_was_entered",
            ),
            one_of("stage_visit", "came", [each.value for each in Came]),
            one_of("stage_visit", "entered_by_kind", [each.value for each in MomentKind]),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "entered_at", "id"], name="stage_visit_of_customer"),
            models.Index(fields=["journey", "entered_at", "id"], name="stage_visit_of_journey"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.stage_key} {self.number}"


class JourneyProgress(models.Model):
    """Where a customer is on a journey: its last visit. `until` says when that ended; null while it goes on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="journey_progress")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="progress")
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, related_name="+")
    stage_key = models.CharField(max_length=50)
    began_at = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField()
    last_moment_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "journey"], name="journey_progress_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "since", "id"], name="journey_progress_of_customer"),
            models.Index(fields=["journey", "since", "id"], name="journey_progress_in_time"),
            models.Index(fields=["journey", "stage_key", "since", "id"], name="journey_progress_in_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.stage_key}"


class StageMark(models.Model):
    """A customer whose way along journeys must be made anew; appended, deleted by whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No foreign key: a mark is soon gone, and checking it would cost as much as writing it.
    customer_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.customer_id)
