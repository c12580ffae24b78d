from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from cxplatform.ids import uuid7


class AuditEvent(models.Model):
    """One link of a schema's chain of what was done in it. The schema's role may add links and read them, no more."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sequence = models.BigIntegerField(unique=True, help_text="1, 2, 3, … without a gap")
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, help_text="the member; null for the operator and the worker")
    actor_name = models.CharField(max_length=200, help_text="as it was shown then")
    actor_role = models.CharField(max_length=20)
    actor_key = models.UUIDField(null=True, help_text="the API key it used")
    of_provider = models.BooleanField(help_text="whether the actor is the provider's")
    action = models.CharField(max_length=50, help_text="the command's name, or `access`")
    object_type = models.CharField(max_length=50)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(max_length=300)
    # Text, not jsonb: the hash is over these very characters, which jsonb would rewrite.
    before = models.TextField(null=True, help_text="JSON: what changed, as it was; null for what was not there")
    after = models.TextField(null=True, help_text="JSON: what changed, as it became")
    brand_ids = ArrayField(models.UUIDField(), help_text="in the shared schema: the brands this is about")
    request_id = models.CharField(max_length=36, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_event"
        indexes: ClassVar = [
            models.Index(fields=["object_id", "-sequence"], name="audit_event_of_object"),
            models.Index(fields=["actor_id", "-sequence"], name="audit_event_of_actor"),
            BrinIndex(fields=["at"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
