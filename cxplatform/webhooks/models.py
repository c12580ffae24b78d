from typing import ClassVar

from django.db import models
from django.db.models import Q

from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class EndpointState(models.TextChoices):
    ACTIVE = "ACTIVE"
    DISABLED = "DISABLED"


class WhyDisabled(models.TextChoices):
    BY_HAND = "BY_HAND"
    FAILING = "FAILING"
    GONE = "GONE"


class DeliveryState(models.TextChoices):
    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"


class WebhookEndpoint(models.Model):
    """Where a brand wants to be told of what happens. Secrets are sealed; the previous one signs until its time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=2_000)
    description = models.CharField(max_length=200, blank=True)
    events = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=EndpointState)
    why_disabled = models.CharField(max_length=7, choices=WhyDisabled, null=True, blank=True)
    secret = models.BinaryField()
    previous_secret = models.BinaryField(null=True, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True, help_text="the first failure since anything arrived")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=EndpointState.ACTIVE, why_disabled__isnull=True)
                | Q(state=EndpointState.DISABLED, why_disabled__in=WhyDisabled.values),
                name="webhook_endpoint_disabled_why",
            ),
            models.CheckConstraint(
                condition=Q(previous_secret__isnull=True, previous_until__isnull=True)
                | Q(previous_secret__isnull=False, previous_until__isnull=False),
                name="webhook_endpoint_previous_until",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="webhook_endpoint_in_time")]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One event on its way to one endpoint: written in the transaction of what happened, sent by a worker.

    `log` has an entry a try: when, the status or why there was none, how long it took. While a worker tries,
    `next_at` says when another may, should that one die.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=100)
    payload = models.JSONField()
    state = models.CharField(max_length=9, choices=DeliveryState)
    tries = models.SmallIntegerField(default=0, help_text="since it was made or last replayed")
    log = models.JSONField(default=list)
    next_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("webhook_delivery", "state", DeliveryState.values),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_at__isnull=False, ended_at__isnull=True)
                | (~Q(state=DeliveryState.WAITING) & Q(next_at__isnull=True, ended_at__isnull=False)),
                name="webhook_delivery_next_while_waiting",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["endpoint", "next_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="webhook_delivery_waiting",
            ),
            models.Index(fields=["endpoint", "created_at", "id"], name="webhook_delivery_of_endpoint"),
            models.Index(fields=["created_at", "id"], name="webhook_delivery_in_time"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="webhook_delivery_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"

    @property
    def message_id(self) -> str:
        """Return what the receiver knows it by: the same at every try and replay."""
        return f"msg_{self.id.hex}"
