from typing import ClassVar

from django.db import models

from apps.accounts.models.member import Member
from cxplatform.ids import uuid7


class ApiKey(models.Model):
    """A member's credential for programs. Only a hash of its secret is kept."""

    class Scope(models.TextChoices):
        FULL = "FULL"
        READ = "READ"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    public_id = models.CharField(max_length=16, unique=True, help_text="the middle part of the token; not secret")
    secret_hash = models.BinaryField(max_length=32)
    scope = models.CharField(max_length=4, choices=Scope, default=Scope.FULL)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="to the minute")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(scope__in=["FULL", "READ"]), name="api_key_scope_known"),
        ]

    def __str__(self) -> str:
        return self.name
