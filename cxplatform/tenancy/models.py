from typing import ClassVar

from django.db import models


class SchemaState(models.Model):
    """The fleet's ledger: which migrations a brand's schema is at, and what stopped it when it is behind."""

    class State(models.TextChoices):
        AT_HEAD = "AT_HEAD"
        FAILED = "FAILED"

    brand_id = models.UUIDField(primary_key=True)
    head = models.CharField(max_length=64, help_text="digest of the newest migrations of all brand apps")
    state = models.CharField(max_length=8, choices=State)
    error = models.TextField(blank=True)
    migrated_at = models.DateTimeField()

    class Meta:
        db_table = "tenancy_schema_state"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=["AT_HEAD", "FAILED"]), name="schema_state_known"),
        ]
