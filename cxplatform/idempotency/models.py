from typing import ClassVar

from django.db import models


class IdempotentCall(models.Model):
    """A call made under an Idempotency-Key, with its answer: written in the transaction of what it did."""

    key_hash = models.CharField(primary_key=True, max_length=64, help_text="of the caller's API key and its key")
    fingerprint = models.CharField(max_length=64, help_text="of what was asked, and for which brand")
    # Sealed by the caller's own key, which is not kept: an answer may hold a secret that is shown once.
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_call"
        indexes: ClassVar = [models.Index(fields=["created_at"], name="idempotency_call_oldest")]
