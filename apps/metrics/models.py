from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.customers.models import Customer
from apps.journeys.models import Department
from cxplatform.ids import uuid7


class Rollup(models.Model):
    """The additive components of one fact, summed over one of the brand's days and at most two dimensions."""

    fact = models.CharField(max_length=32)
    shape = models.SmallIntegerField(help_text="which pair of dimensions; 0 is none")
    day = models.DateField(help_text="in the brand's zone")
    dim_a = models.CharField(max_length=300, default="")
    dim_b = models.CharField(max_length=300, default="")
    components = ArrayField(models.FloatField(), help_text="in the order the fact's registry gives")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "shape", "day", "dim_a", "dim_b"], name="rollup_once_a_bucket"),
        ]


class MonthRollup(models.Model):
    """The sum of a month's day rollups, so that a year is read as twelve rows and not as 365 a group."""

    fact = models.CharField(max_length=32)
    shape = models.SmallIntegerField()
    month = models.DateField(help_text="its first day, in the brand's zone")
    dim_a = models.CharField(max_length=300, default="")
    dim_b = models.CharField(max_length=300, default="")
    components = ArrayField(models.FloatField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fact", "shape", "month", "dim_a", "dim_b"], name="monthrollup_once_a_bucket"
            ),
        ]


class HourRollup(models.Model):
    """The additive components of one fact over one hour, of all its rows together.

    An hour is the time between two strikes of the wall clock, or between a strike and a change of it.
    """

    fact = models.CharField(max_length=32)
    day = models.DateField(help_text="in the brand's zone")
    start = models.DateTimeField()
    week_hour = models.SmallIntegerField(help_text="by the wall clock: 0 is Monday's first hour, 167 Sunday's last")
    components = ArrayField(models.FloatField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "start"], name="hourrollup_once_a_bucket"),
        ]
        indexes: ClassVar = [models.Index(fields=["fact", "day"], name="hourrollup_by_day")]


class Histogram(models.Model):
    """Log-spaced counts of one measure over one day and at most two dimensions."""

    fact = models.CharField(max_length=32)
    shape = models.SmallIntegerField()
    day = models.DateField(help_text="in the brand's zone")
    dim_a = models.CharField(max_length=300, default="")
    dim_b = models.CharField(max_length=300, default="")
    measure = models.CharField(max_length=32)
    bins = ArrayField(models.IntegerField())
    counts = ArrayField(models.IntegerField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fact", "shape", "measure", "day", "dim_a", "dim_b"], name="histogram_once_a_bucket"
            ),
        ]


class MonthHistogram(models.Model):
    """A month's day histograms added up, so that a year is twelve of them a group and not 365."""

    fact = models.CharField(max_length=32)
    shape = models.SmallIntegerField()
    month = models.DateField(help_text="its first day, in the brand's zone")
    dim_a = models.CharField(max_length=300, default="")
    dim_b = models.CharField(max_length=300, default="")
    measure = models.CharField(max_length=32)
    bins = ArrayField(models.IntegerField())
    counts = ArrayField(models.IntegerField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fact", "shape", "measure", "month", "dim_a", "dim_b"], name="monthhistogram_once_a_bucket"
            ),
        ]


class Watermark(models.Model):
    """How far a fact's events reach, and the layout of components its rollups were made with."""

    fact = models.CharField(primary_key=True, max_length=32)
    latest = models.DateTimeField(null=True, blank=True)
    layout = models.CharField(max_length=64, default="")


class LifetimeFit(models.Model):
    """What the models of purchases came to when they were fitted, or why they came to nothing. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fitted_at = models.DateTimeField()
    customers = models.PositiveIntegerField(help_text="who bought anything by then, at known exchange rates")
    repeating = models.PositiveIntegerField(help_text="who of them bought on more days than one")
    usual_gap_days = models.FloatField(null=True, help_text="the median of the gaps between two purchases")
    refunded_share = models.FloatField(default=0.0, help_text="of what was bought")
    reason = models.CharField(max_length=200, blank=True, help_text="why there is no model; empty where there is one")
    r = models.FloatField(null=True)
    alpha = models.FloatField(null=True, help_text="in days")
    a = models.FloatField(null=True)
    b = models.FloatField(null=True)
    p = models.FloatField(null=True)
    q = models.FloatField(null=True)
    v = models.FloatField(null=True, help_text="in the brand's currency")
    correlation = models.FloatField(null=True, help_text="of how often and how much")
    margin = models.FloatField(null=True)
    monthly_discount = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fitted_at"], name="lifetimefit_in_time")]

    def __str__(self) -> str:
        return f"{self.fitted_at:%Y-%m-%d}"


class CustomerValue(models.Model):
    """What a customer is expected to be worth, by the latest model. Made anew whole with every fit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    first_bought_at = models.DateTimeField()
    p_alive = models.FloatField()
    purchases = models.FloatField(help_text="expected over the months ahead")
    value = models.FloatField(help_text="in the brand's currency: discounted, of the margin")
    fitted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["first_bought_at"], name="customervalue_by_first")]

    def __str__(self) -> str:
        return str(self.customer_id)


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
