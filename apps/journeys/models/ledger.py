from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer
from apps.journeys.models.department import Department
from apps.journeys.models.promise import BrandPromise
from apps.journeys.models.touchpoint import Touchpoint
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class Kept(models.TextChoices):
    """What became of a promise."""

    KEPT = "KEPT"
    BROKEN = "BROKEN"
    UNKNOWN = "UNKNOWN"


class DecidedBy(models.TextChoices):
    """What an outcome rests on."""

    EVENT = "EVENT"
    CRITERION = "CRITERION"
    PERSON = "PERSON"
    NOBODY = "NOBODY"


class EvidenceKind(models.TextChoices):
    """What shows a friction, or whether a promise was kept: types of nodes, some of apps above."""

    TOUCHPOINT_EVENT = "TouchpointEvent"
    INTERACTION = "Interaction"
    SURVEY_RESPONSE = "SurveyResponse"


class Evidenced(models.Model):
    """A promise and what shows whether it was kept, by the id of a row that may lie in an app above."""

    promise = models.ForeignKey(BrandPromise, on_delete=models.PROTECT, related_name="%(class)ss")
    evidence_kind = models.CharField(max_length=15, choices=EvidenceKind)
    evidence_id = models.UUIDField()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="%(class)ss")
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    occurred_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.promise_id} {self.evidence_id}"


class PromiseStatement(Evidenced):
    """What somebody said of a promise: whether it was kept, who repaired it, or both. Never changed.

    Of several about the same promise and evidence the last one counts, of each of the two by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outcome = models.CharField(max_length=7, choices=Kept, null=True, blank=True)
    repaired_by = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="promise_repairs"
    )
    repaired_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            one_of("promise_statement", "evidence_kind", EvidenceKind.values),
            models.CheckConstraint(
                condition=Q(outcome__in=Kept.values) | Q(outcome=None, repaired_by__isnull=False),
                name="promise_statement_says_something",
            ),
            models.CheckConstraint(
                condition=Q(repaired_by=None, repaired_at=None)
                | Q(repaired_by__isnull=False, repaired_at__isnull=False),
                name="promise_statement_repair_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["evidence_id", "promise", "recorded_at", "id"], name="promise_statement_of_evidence"),
            models.Index(fields=["occurred_at"], name="promise_statement_in_time"),
        ]


class PromiseOutcome(Evidenced):
    """What became of a promise once. Made anew whole from events and statements, never edited: ADR 20.

    `maker` promised, `owner` owned the touchpoint then (of a broken promise: broke it), `repaired_by` repaired it. Its
    id follows from promise and evidence, so it is the same however often it is made.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    # Indexed below, with when and which.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promiseoutcomes", db_index=False)
    outcome = models.CharField(max_length=7, choices=Kept)
    decided_by = models.CharField(max_length=9, choices=DecidedBy)
    maker = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="promises_made")
    owner = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="promise_outcomes"
    )
    repaired_by = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="promises_repaired"
    )
    repaired_at = models.DateTimeField(null=True, blank=True)
    statement = models.ForeignKey(PromiseStatement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    repair = models.ForeignKey(PromiseStatement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evidence_id", "promise"], name="promise_outcome_once"),
            one_of("promise_outcome", "evidence_kind", EvidenceKind.values),
            one_of("promise_outcome", "outcome", Kept.values),
            one_of("promise_outcome", "decided_by", DecidedBy.values),
            models.CheckConstraint(
                condition=Q(outcome=Kept.UNKNOWN) | ~Q(decided_by=DecidedBy.NOBODY),
                name="promise_outcome_is_somebodys",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["occurred_at", "id"], name="promise_outcome_in_time"),
            models.Index(fields=["promise", "occurred_at", "id"], name="promise_outcome_of_promise"),
            models.Index(fields=["customer", "occurred_at", "id"], name="promise_outcome_of_customer"),
            models.Index(fields=["touchpoint", "occurred_at", "id"], name="promise_outcome_in_place"),
        ]
