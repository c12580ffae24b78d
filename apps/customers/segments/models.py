"""Segments by rules: what they say in which version, and who was in them when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from cxplatform.ids import uuid7


class Segment(models.Model):
    """A group of customers by rules; `size` and `evaluated_at` tell of the last time these were asked.

    `failed_at` and `failure` tell of a later time that came to nothing, if there was one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    rules = models.JSONField(help_text="those of its latest version")
    version = models.PositiveIntegerField()
    size = models.PositiveIntegerField(null=True, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, null=True, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="segment_in_time")]

    def __str__(self) -> str:
        return self.key


class SegmentVersion(models.Model):
    """What a segment's rules said from an instant on; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    rules = models.JSONField()
    actor_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["segment", "number"], name="segmentversion_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["segment", "since", "id"], name="segmentversion_in_time")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.number}"


class SegmentStay(models.Model):
    """That a customer was in a segment, from when to when; still is, where `left_at` is null."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "segment"], condition=Q(left_at__isnull=True), name="segmentstay_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("entered_at")), name="segmentstay_left_after"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["segment", "entered_at", "id"],
                include=["customer"],
                condition=Q(left_at__isnull=True),
                name="segmentstay_members",
            ),
            models.Index(fields=["customer", "entered_at", "id"], name="segmentstay_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} in {self.segment_id}"


class _Current(models.Manager["SegmentMember"]):
    def get_queryset(self) -> "models.QuerySet[SegmentMember]":
        return super().get_queryset().filter(left_at__isnull=True)


class SegmentMember(SegmentStay):
    """A stay that has not ended."""

    objects: ClassVar[models.Manager[Any]] = _Current()

    class Meta:
        proxy = True
