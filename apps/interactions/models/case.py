from typing import ClassVar

from django.db import models

from apps.customers.models import Customer
from apps.interactions.models.reason import Reason
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class CaseState(models.TextChoices):
    OPEN = "OPEN"
    RESOLVED = "RESOLVED"


class Case(models.Model):
    """A customer's contacts on one reason, across channels; made and kept by `joining`, from the contacts and pins."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases", db_index=False)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=8, choices=CaseState)
    opened_at = models.DateTimeField()
    last_contact_at = models.DateTimeField()
    contacts = models.IntegerField()
    channel_switches = models.IntegerField()
    handle_seconds = models.FloatField(null=True, blank=True)
    # The database knows the default too: the release before this one goes on writing rows while this one comes.
    by_hand = models.BooleanField(default=False, db_default=False, help_text="people said what belongs to it")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [one_of("case", "state", CaseState.values)]
        indexes: ClassVar = [
            models.Index(fields=["opened_at", "id"], name="case_in_time"),
            models.Index(fields=["customer", "opened_at", "id"], name="case_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.reason_id} {self.opened_at:%Y-%m-%d}"


class MergedCase(models.Model):
    """What became of a case that is no more: its id leads to the one that has its contacts."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="the id it had")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merged")
    merged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id} in {self.into_id}"


class CaseMark(models.Model):
    """A customer whose contacts changed, so that its cases must be made anew; appended, deleted by whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No foreign key: a mark is soon gone, and checking it would cost as much as writing it.
    customer_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.customer_id)
