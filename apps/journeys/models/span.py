from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models

from apps.journeys.models.journey import Span
from apps.journeys.models.stage import Placement
from apps.journeys.models.touchpoint import Touchpoint


class TouchpointSpan(models.Model):
    """Where a touchpoint stood from `since` until just before `until`, by all journeys that were in force.

    Laid out anew when a version is published or retired; for joins that ask for the instant of an event. Where two
    journeys place a touchpoint at once, the first of them by key says where.
    """

    id = models.BigAutoField(primary_key=True)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="spans")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=50, help_text="the stage's key")
    department = models.CharField(max_length=100, help_text="the owner's key")

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="touchpoint_span_one_at_a_time",
                expressions=[
                    ("touchpoint", RangeOperators.EQUAL),
                    (Span("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["touchpoint", "since"], name="touchpoint_span_in_time")]

    def __str__(self) -> str:
        return f"{self.touchpoint_id} {self.since}"
