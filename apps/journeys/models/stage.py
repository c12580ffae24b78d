"""What a version of a journey consists of: stages, and the touchpoints placed in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.journeys.models.department import Department
from apps.journeys.models.journey import JourneyVersion
from apps.journeys.models.promise import BrandPromise
from apps.journeys.models.touchpoint import Touchpoint
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class StageKind(models.TextChoices):
    """The template every brand's stages are of."""

    AWARENESS = "AWARENESS"
    CONSIDERATION = "CONSIDERATION"
    PURCHASE = "PURCHASE"
    DELIVERY = "DELIVERY"
    USAGE = "USAGE"
    SUPPORT = "SUPPORT"
    RENEWAL = "RENEWAL"
    ADVOCACY = "ADVOCACY"


class TouchpointChannel(models.TextChoices):
    """Where a touchpoint meets the customer; wider than the channels people contact a brand by."""

    ADVERTISEMENT = "ADVERTISEMENT"
    WEB = "WEB"
    APP = "APP"
    STORE = "STORE"
    DELIVERY = "DELIVERY"
    INVOICE = "INVOICE"
    POST = "POST"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    CHAT = "CHAT"
    SOCIAL = "SOCIAL"
    IN_PERSON = "IN_PERSON"


class JourneyStage(models.Model):
    """A stage of one version: of a kind of the template, under the brand's own name and in its order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(JourneyVersion, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=50)
    kind = models.CharField(max_length=13, choices=StageKind)
    name = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="journey_stage_in_order"),
            models.UniqueConstraint(fields=["version", "key"], name="journey_stage_keyed"),
            one_of("journey_stage", "kind", StageKind.values),
        ]

    def __str__(self) -> str:
        return self.key


class Placement(models.Model):
    """A touchpoint's place in a stage of one version, and what the brand asks of it there.

    The service level: `slo_share` of what happens there takes `slo_ms` milliseconds at most. `weight` is its part of
    the journey in percent. `position` is its place among all of the version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(JourneyVersion, on_delete=models.CASCADE, related_name="placements")
    stage = models.ForeignKey(JourneyStage, on_delete=models.CASCADE, related_name="placements")
    position = models.PositiveSmallIntegerField()
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="placements")
    name = models.CharField(max_length=200)
    channel = models.CharField(max_length=13, choices=TouchpointChannel)
    owner = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="placements")
    is_moment_of_truth = models.BooleanField()
    weight = models.PositiveSmallIntegerField()
    promise = models.ForeignKey(
        BrandPromise, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    slo_ms = models.BigIntegerField(null=True, blank=True)
    slo_share = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "touchpoint"], name="placement_once_a_version"),
            models.UniqueConstraint(fields=["version", "position"], name="placement_in_order"),
            one_of("placement", "channel", TouchpointChannel.values),
            models.CheckConstraint(condition=Q(weight__lte=100), name="placement_weight_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(slo_ms=None, slo_share=None) | Q(slo_ms__gt=0, slo_share__gt=0, slo_share__lte=1),
                name="placement_slo_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["stage", "position"], name="placement_in_stage"),
            models.Index(fields=["touchpoint", "position"], name="placement_of_touchpoint"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.touchpoint_id}"
