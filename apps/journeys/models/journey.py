"""Journeys and their versions: what was in force at an instant is known, and stays so."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from apps.journeys.models.keyed import Keyed
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class Journey(Keyed):
    """A way customers go with the brand; what it looks like is its versions'."""

    name = models.CharField(max_length=200)


class VersionState(models.TextChoices):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class Span(Func):
    """The time [since, until), endless where `until` is null."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class JourneyVersion(models.Model):
    """A journey as it is from `effective_from` until just before `effective_until`.

    A draft has neither and may be written anew; of one that was published only `effective_until` is written once
    more, when it is succeeded or retired. One that was to begin later and is retired before never held: both are the
    same instant then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=VersionState, default=VersionState.DRAFT)
    effective_from = models.DateTimeField(null=True, blank=True)
    effective_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["journey", "number"], name="journey_version_numbered"),
            models.UniqueConstraint(
                fields=["journey"], condition=Q(state=VersionState.DRAFT), name="journey_version_one_draft"
            ),
            one_of("journey_version", "state", VersionState.values),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, effective_from=None, effective_until=None, published_at=None)
                | (~Q(state=VersionState.DRAFT) & Q(effective_from__isnull=False, published_at__isnull=False)),
                name="journey_version_published_from",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.RETIRED, retired_at__isnull=False, effective_until__isnull=False)
                | (~Q(state=VersionState.RETIRED) & Q(retired_at=None)),
                name="journey_version_retired_ends",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="journey_version_ends_later",
            ),
            ExclusionConstraint(
                name="journey_version_one_in_force",
                expressions=[
                    ("journey", RangeOperators.EQUAL),
                    (Span("effective_from", "effective_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=VersionState.DRAFT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey_id}/{self.number}"
