from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.journeys.models.department import Department
from apps.journeys.models.touchpoint import Touchpoint
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import at_least_zero, one_of


class FrictionCategory(models.TextChoices):
    PEOPLE = "PEOPLE"
    PROCESS = "PROCESS"
    PRODUCT = "PRODUCT"
    POLICY = "POLICY"


class FrictionSeverity(models.TextChoices):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class FrictionStatus(models.TextChoices):
    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    IN_PROGRESS = "IN_PROGRESS"
    RESOLVED = "RESOLVED"
    DISMISSED = "DISMISSED"


class FrictionRule(models.TextChoices):
    """What told of it: a person, or a rule of `insights.frictions`."""

    REPORTED = "REPORTED"
    SLOW = "SLOW"
    FAILING = "FAILING"
    REPEATS = "REPEATS"
    HARD = "HARD"


class Friction(models.Model):
    """Where it is hard for customers, what shows it, and what becomes of it.

    Of what was found, a touchpoint has one row a rule for ever: it is proposed once, and whatever is found later is
    told of that row. `bad` of `of` went badly between `since` and `until`, `expected` is the share that would have
    been all right; null of what a person reported.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.PROTECT, related_name="frictions")
    rule = models.CharField(max_length=8, choices=FrictionRule)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=7, choices=FrictionCategory)
    severity = models.CharField(max_length=8, choices=FrictionSeverity)
    status = models.CharField(max_length=11, choices=FrictionStatus)
    status_since = models.DateTimeField()
    systemic = models.BooleanField(default=False)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    bad = models.IntegerField(null=True, blank=True)
    of = models.IntegerField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True)
    contacts = models.IntegerField(default=0, help_text="that the touchpoint brought meanwhile")
    handle_seconds = models.FloatField(default=0, help_text="how long those took; of unknown ones, the mean")
    customers_affected = models.IntegerField(default=0)
    customers_active = models.IntegerField(default=0)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="frictions", db_index=False
    )
    # A member of the shared schema: its id, where it is known, and the name it showed.
    assignee_id = models.UUIDField(null=True, blank=True)
    assignee = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["touchpoint", "rule"],
                condition=~Q(rule=FrictionRule.REPORTED),
                name="friction_found_once",
            ),
            one_of("friction", "rule", FrictionRule.values),
            one_of("friction", "category", FrictionCategory.values),
            one_of("friction", "severity", FrictionSeverity.values),
            one_of("friction", "status", FrictionStatus.values),
            *at_least_zero("friction", "contacts", "handle_seconds", "customers_affected", "customers_active"),
            models.CheckConstraint(
                condition=Q(rule=FrictionRule.REPORTED, bad=None, of=None, expected=None, since=None, until=None)
                | Q(bad__gte=0, of__gte=F("bad"), expected__gte=0, until__gt=F("since")),
                name="friction_found_is_counted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="friction_in_time"),
            models.Index(fields=["touchpoint", "created_at", "id"], name="friction_of_touchpoint"),
            models.Index(fields=["department", "created_at", "id"], name="friction_of_department"),
        ]

    def __str__(self) -> str:
        return self.title
