from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.journeys.models.journey import JourneyVersion
from apps.journeys.models.stage import Placement
from apps.journeys.models.touchpoint import Touchpoint
from cxplatform.ids import uuid7


class Walkthrough(models.Model):
    """A mystery shopper's walk along a version of a journey. Who recorded it is a member, by id and the name shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(JourneyVersion, on_delete=models.PROTECT, related_name="walkthroughs")
    walked_at = models.DateTimeField()
    shopper = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.UUIDField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["walked_at", "id"], name="walkthrough_in_time"),
            models.Index(fields=["version", "walked_at"], name="walkthrough_of_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.walked_at}"


class WalkthroughScore(models.Model):
    """What a mystery shopper gave a touchpoint: 0 (worst) to 10."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    walkthrough = models.ForeignKey(Walkthrough, on_delete=models.CASCADE, related_name="scores")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="scores")
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="walkthrough_scores")
    walked_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["walkthrough", "placement"], name="walkthrough_score_once"),
            models.CheckConstraint(condition=Q(score__lte=10), name="walkthrough_score_at_most_ten"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["touchpoint", "walked_at"], name="walkthrough_score_in_time"),
            models.Index(fields=["walkthrough", "walked_at"], name="walkthrough_score_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.walkthrough_id} {self.touchpoint_id}: {self.score}"
