from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer
from apps.journeys.models import Department, Touchpoint
from apps.surveys.models.response import SurveyResponse
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class FollowUpState(models.TextChoices):
    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    DISMISSED = "DISMISSED"


class RecoveryOutcome(models.TextChoices):
    RECOVERED = "RECOVERED"
    NOT_RECOVERED = "NOT_RECOVERED"
    NOT_REACHED = "NOT_REACHED"
    NOT_NEEDED = "NOT_NEEDED"


class DismissedWhy(models.TextChoices):
    """BY_HAND: somebody said so, and why in the note. SCORE_CHANGED: the customer did, before anybody acted."""

    BY_HAND = "BY_HAND"
    SCORE_CHANGED = "SCORE_CHANGED"


class FollowUp(models.Model):
    """A task that a low score opened: somebody speaks with the customer. One an answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    survey_response = models.OneToOneField(SurveyResponse, on_delete=models.CASCADE, related_name="follow_up")
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups", db_index=False
    )
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # A member of the shared schema: its id, where it is known, and the name it showed.
    assignee_id = models.UUIDField(null=True, blank=True)
    assignee = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=11, choices=FollowUpState)
    state_since = models.DateTimeField()
    due_at = models.DateTimeField()
    due_told_at = models.DateTimeField(null=True, blank=True, help_text="when somebody was told that it is due")
    outcome = models.CharField(max_length=13, choices=RecoveryOutcome, null=True, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    dismissed_why = models.CharField(max_length=13, choices=DismissedWhy, null=True, blank=True)
    note = models.TextField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            one_of("follow_up", "state", FollowUpState.values),
            models.CheckConstraint(
                condition=Q(dismissed_why__isnull=True) | Q(state=FollowUpState.DISMISSED),
                name="follow_up_dismissed_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, outcome_at__isnull=True)
                | Q(outcome__in=RecoveryOutcome.values, outcome_at__isnull=False),
                name="follow_up_outcome_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="follow_up_in_time"),
            models.Index(fields=["customer", "created_at", "id"], name="follow_up_of_customer"),
            models.Index(fields=["department", "created_at", "id"], name="follow_up_of_department"),
            models.Index(
                fields=["due_at"], condition=Q(state__in=["OPEN", "IN_PROGRESS"]), name="follow_up_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_response_id} {self.state}"
