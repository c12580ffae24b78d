from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
