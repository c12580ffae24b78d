from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.journeys.models.department import Department
from apps.journeys.models.keyed import Keyed
from cxplatform.imports.sourced import one_of


class Criterion(models.TextChoices):
    """How it is known whether a promise was kept."""

    BY_HAND = "BY_HAND"
    WITHIN = "WITHIN"
    SMOOTH = "SMOOTH"


class BrandPromise(Keyed):
    """What the brand says will happen. Never changed, for it was said: another wording is another promise."""

    text = models.CharField(max_length=500)
    criterion = models.CharField(max_length=8, choices=Criterion)
    within_ms = models.BigIntegerField(null=True, blank=True)
    maker = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="promises")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("brand_promise", "criterion", Criterion.values),
            models.CheckConstraint(
                condition=Q(criterion=Criterion.WITHIN, within_ms__gt=0)
                | (~Q(criterion=Criterion.WITHIN) & Q(within_ms__isnull=True)),
                name="brand_promise_within_says_how_long",
            ),
        ]
