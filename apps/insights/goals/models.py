"""What is stored of goals."""

from typing import ClassVar

from django.db import models

from apps.journeys.models import Department
from cxplatform.ids import uuid7


class Goal(models.Model):
    """What a number is to come to over a period of the brand's days, and which department is held to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    metric = models.CharField(max_length=64)
    variant = models.CharField(max_length=64)
    statistic = models.CharField(max_length=16, null=True, help_text="null for rates and counts")
    target = models.FloatField(help_text="in the unit of the variant; which way is better, the metric says")
    where = models.JSONField(default=dict, help_text="what the number is narrowed to, by the fields of MetricWhere")
    starts_on = models.DateField(help_text="in the brand's zone")
    ends_before = models.DateField(help_text="the first day after it")
    group = models.CharField(max_length=100, blank=True, help_text="goals of one group and period are told together")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="goal_in_time"),
            models.Index(fields=["group", "starts_on"], name="goal_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.target:g}"
