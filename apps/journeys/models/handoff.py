from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.customers.models import Customer
from apps.journeys.models.department import Department
from cxplatform.imports.sourced import Imported, at_least_zero, unique_in_source


class Handoff(Imported):
    """A customer's matter that one department handed to another, and what it carried.

    The promise is named by its key and the contact by its external id in the same source: either may be told later.
    """

    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="handoffs", db_index=False)
    from_department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="handed_on")
    to_department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="taken_over")
    handed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accept_within_seconds = models.FloatField(null=True, blank=True)
    context_passed = models.BooleanField(null=True, blank=True)
    question_repeated = models.BooleanField(null=True, blank=True)
    promise = models.CharField(max_length=100, null=True, blank=True)
    promise_kept = models.BooleanField(null=True, blank=True)
    interaction_external_id = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("handoff"),
            *at_least_zero("handoff", "accept_within_seconds"),
            models.CheckConstraint(
                condition=~Q(from_department=F("to_department")), name="handoff_between_two_departments"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__gte=F("handed_at")), name="handoff_accepted_after"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["handed_at", "id"], name="handoff_in_time"),
            models.Index(fields=["customer", "handed_at", "id"], name="handoff_by_customer"),
            models.Index(fields=["source", "interaction_external_id"], name="handoff_interaction"),
            models.Index(fields=["handed_at"], condition=Q(accepted_at__isnull=True), name="handoff_waiting"),
        ]


class HandoffWatch(models.Model):
    """How far the clock has gone for rollups: of hand-offs overdue until then, the days were counted anew. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    counted_until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.counted_until)
