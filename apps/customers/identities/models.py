"""What is kept of identities that were merged: which rows came in under which, and what people decided when."""

from typing import ClassVar

from django.db import models

from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class IdentityRow(models.Model):
    """That a row of a table came in under an identity which is another customer's by now: a split gives it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identity = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    table = models.CharField(max_length=100, help_text="the model's label")
    column = models.CharField(max_length=63, help_text="the field that names the customer")
    row_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "column", "row_id"], name="identityrow_one_a_reference"),
        ]
        indexes: ClassVar = [models.Index(fields=["identity", "table", "column"], name="identityrow_of_identity")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class IdentityChangeKind(models.TextChoices):
    MERGED = "MERGED"
    SPLIT = "SPLIT"


class IdentityChange(models.Model):
    """That an identity came to a customer, or left it; told of both."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    identity = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=IdentityChangeKind)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [one_of("identity_change", "kind", IdentityChangeKind.values)]
        indexes: ClassVar = [models.Index(fields=["customer", "at", "id"], name="identitychange_of_customer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.identity_id}"
