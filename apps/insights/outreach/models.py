"""Proactive rules, and what each decided about whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.customers.models import ContactChannel, Customer, Segment
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class RuleState(models.TextChoices):
    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class OutreachKind(models.TextChoices):
    PROACTIVE_NOTICE = "PROACTIVE_NOTICE"
    EDUCATION = "EDUCATION"
    OFFER = "OFFER"


class Arm(models.TextChoices):
    """What was decided: to be told, to be left alone and compared with, or not to be contacted at all."""

    TREATED = "TREATED"
    HELD_OUT = "HELD_OUT"
    SUPPRESSED = "SUPPRESSED"


class ProactiveRule(models.Model):
    """Who is told what by the brand's own sender as soon as they are in a segment, but for a share that is held out.

    All but its state is fixed once it was approved: what it is compared with would not be of one kind otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=OutreachKind)
    text = models.CharField(max_length=500, help_text="what is to be said, for the brand's own sender")
    channel = models.CharField(max_length=5, choices=ContactChannel)
    hold_out = models.FloatField(default=0.1, help_text="the share that is left alone, 0.05 to 0.5")
    effect_days = models.SmallIntegerField(default=14, help_text="what customers do in so many days after counts")
    most_a_day = models.IntegerField(default=1_000, help_text="customers told, by the brand's days")
    state = models.CharField(max_length=8, choices=RuleState)
    state_since = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, null=True, blank=True, help_text="the name shown then")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            one_of("proactive_rule", "state", RuleState.values),
            one_of("proactive_rule", "kind", OutreachKind.values),
            one_of("proactive_rule", "channel", ContactChannel.values),
            models.CheckConstraint(
                condition=Q(hold_out__gte=0.05, hold_out__lte=0.5), name="proactive_rule_hold_out_share"
            ),
            models.CheckConstraint(
                condition=Q(effect_days__gte=1, effect_days__lte=90, most_a_day__gte=1), name="proactive_rule_bounds"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "ENDED"]) | Q(approved_at__isnull=False),
                name="proactive_rule_approved_before_it_runs",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="proactive_rule_in_time")]

    def __str__(self) -> str:
        return self.key


class Outreach(models.Model):
    """What a rule decided about a customer, once and for good.

    `drawn_as` is the identity that was drawn. A merge gives the row to the survivor, which may then have two of a
    rule's, and a split gives it back; nobody is drawn twice under one identity, and a survivor that has any is not
    drawn again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(ProactiveRule, on_delete=models.PROTECT, related_name="outreaches", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    drawn_as = models.UUIDField(editable=False)
    arm = models.CharField(max_length=10, choices=Arm)
    why = models.CharField(max_length=20, null=True, blank=True, help_text="why a suppressed one was not contacted")
    taken_at = models.DateTimeField()
    until = models.DateTimeField(help_text="the end of the days whose contacts count")

    class Meta:
        constraints: ClassVar = [
            one_of("outreach", "arm", Arm.values),
            models.UniqueConstraint(fields=["rule", "drawn_as"], name="outreach_once_an_identity"),
            models.CheckConstraint(
                condition=Q(arm="SUPPRESSED", why__isnull=False) | (~Q(arm="SUPPRESSED") & Q(why__isnull=True)),
                name="outreach_suppressed_says_why",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("taken_at")), name="outreach_window_ahead"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["rule", "taken_at", "id"], include=["arm"], name="outreach_of_rule"),
            models.Index(fields=["customer", "rule"], name="outreach_of_customer_by_rule"),
            models.Index(fields=["customer", "taken_at", "id"], name="outreach_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.arm}"
