from typing import ClassVar

from django.db import models

from apps.customers.models import Customer
from apps.interactions.models.case import Case
from apps.interactions.models.interaction import Interaction
from apps.interactions.models.reason import Reason
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class CasePin(models.Model):
    """That people put a contact into a case. It holds among the contacts of one customer on one reason.

    `case_id` is no foreign key: where contacts turn out to be about something else the case goes and the pin stays,
    and when they come back the case does, under its id.
    """

    interaction = models.OneToOneField(Interaction, primary_key=True, on_delete=models.CASCADE, related_name="pin")
    case_id = models.UUIDField(db_index=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="case_pins")
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="case_pins")
    pinned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.interaction_id} in {self.case_id}"


class CaseChangeKind(models.TextChoices):
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    MOVED = "MOVED"
    RELEASED = "RELEASED"
    REJOINED = "REJOINED"


class CaseChange(models.Model):
    """What became of a case: contacts came or left, one or so many. `actor_id` is null of what was done by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="changes", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=CaseChangeKind)
    came = models.BooleanField(null=True, blank=True)
    contacts = models.IntegerField()
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.CASCADE, related_name="case_changes"
    )
    # No foreign key: it may be merged by now.
    other_case = models.UUIDField(null=True, blank=True)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [one_of("case_change", "kind", CaseChangeKind.values)]
        indexes: ClassVar = [models.Index(fields=["case", "at", "id"], name="case_change_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%Y-%m-%d}"
