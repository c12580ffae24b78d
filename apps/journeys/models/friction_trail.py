"""What shows a friction, and what became of it."""

from typing import ClassVar

from django.db import models

from apps.journeys.models.friction import Friction, FrictionStatus
from apps.journeys.models.ledger import EvidenceKind
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class FrictionEvidence(models.Model):
    """A row that shows a friction; of apps above too, so named by its kind and its key, which no foreign key checks.

    `kind` is the name of an `EvidenceKind`, as the API tells it; the ledger of promises keeps its value, a node type.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    friction = models.ForeignKey(Friction, on_delete=models.CASCADE, related_name="evidence", db_index=False)
    kind = models.CharField(max_length=16, choices=[(name, name) for name in EvidenceKind.names])
    object_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["friction", "object_id"], name="friction_evidence_once"),
            one_of("friction_evidence", "kind", EvidenceKind.names),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class FrictionChange(models.Model):
    """What became of a friction, when, by whom and why; appended, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    friction = models.ForeignKey(Friction, on_delete=models.CASCADE, related_name="history", db_index=False)
    at = models.DateTimeField()
    status = models.CharField(max_length=11, choices=FrictionStatus)
    note = models.CharField(max_length=1_000, blank=True)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [one_of("friction_change", "status", FrictionStatus.values)]
        indexes: ClassVar = [models.Index(fields=["friction", "at", "id"], name="friction_change_of_friction")]

    def __str__(self) -> str:
        return f"{self.friction_id} {self.status}"
