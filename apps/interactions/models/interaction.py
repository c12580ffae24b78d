from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from apps.customers.models import Customer
from apps.interactions.models.case import Case
from apps.interactions.models.dimensions import Agent, Queue, Team
from apps.interactions.models.reason import Reason
from apps.journeys.models import Touchpoint
from cxplatform.imports.sourced import Imported, at_least_zero, one_of, unique_in_source


class Channel(models.TextChoices):
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    CHAT = "CHAT"
    MESSAGING = "MESSAGING"
    SOCIAL = "SOCIAL"
    IN_PERSON = "IN_PERSON"
    SELF_SERVICE = "SELF_SERVICE"


class Direction(models.TextChoices):
    INBOUND = "INBOUND"
    OUTBOUND = "OUTBOUND"


class Priority(models.TextChoices):
    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    URGENT = "URGENT"


class HandledBy(models.TextChoices):
    HUMAN = "HUMAN"
    BOT = "BOT"


class TimingSource(models.TextChoices):
    IMPORTED = "IMPORTED"
    EVENTS = "EVENTS"


def _not_before_opening(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": F("opened_at")}),
        name=f"interaction_{field}_not_before_opening",
    )


class Interaction(Imported):
    """One contact between a customer and the service.

    Where it has events (`timing_source`), the columns they tell hold what was derived from them, and `as_imported`
    what its row said of all of those; null where it has none.
    """

    channel = models.CharField(max_length=12, choices=Channel)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.INBOUND)
    opened_at = models.DateTimeField()
    # Indexed below, with when and which.
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions", db_index=False
    )
    queue = models.ForeignKey(Queue, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions")
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions")
    reason = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions")
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions"
    )
    priority = models.CharField(max_length=6, choices=Priority, default=Priority.NORMAL)
    wait_seconds = models.FloatField(null=True, blank=True)
    answered = models.BooleanField(null=True, blank=True)
    abandoned = models.BooleanField(default=False)
    handled_by = models.CharField(max_length=5, choices=HandledBy, default=HandledBy.HUMAN)
    first_response_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    talk_seconds = models.FloatField(null=True, blank=True)
    hold_seconds = models.FloatField(null=True, blank=True)
    after_call_seconds = models.FloatField(null=True, blank=True)
    transfers = models.IntegerField(default=0)
    reopened_at = ArrayField(models.DateTimeField(), null=True, blank=True)
    resolved = models.BooleanField(null=True, blank=True)
    subject = models.CharField(max_length=500, null=True, blank=True)
    text = models.TextField(null=True, blank=True)
    language = models.CharField(max_length=35, null=True, blank=True)
    # Written by `joining` alone, and indexed below, where it is not null: rows come in without one.
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="interactions", db_index=False
    )
    first_human_response_at = models.DateTimeField(null=True, blank=True)
    human_replies = models.IntegerField(null=True, blank=True)
    first_resolved_at = models.DateTimeField(null=True, blank=True)
    blind_transfers = models.IntegerField(null=True, blank=True)
    consult_transfers = models.IntegerField(null=True, blank=True)
    bot_handed_off_at = models.DateTimeField(null=True, blank=True)
    # The database knows the default too: the release before this one goes on writing rows while this one comes.
    timing_source = models.CharField(
        max_length=8, choices=TimingSource, default=TimingSource.IMPORTED, db_default=TimingSource.IMPORTED
    )
    # Written by `placing` alone; few have one, and nobody looks for them by it.
    placed = models.ForeignKey(
        Touchpoint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="where its reason arises, if the row names no touchpoint",
    )
    as_imported = models.JSONField(null=True, blank=True, help_text="what its row said of the columns that events tell")

    class Meta:
        constraints: ClassVar = [
            unique_in_source("interaction"),
            one_of("interaction", "channel", Channel.values),
            one_of("interaction", "direction", Direction.values),
            one_of("interaction", "priority", Priority.values),
            one_of("interaction", "handled_by", HandledBy.values),
            one_of("interaction", "timing_source", TimingSource.values),
            *at_least_zero(
                "interaction",
                "wait_seconds",
                "talk_seconds",
                "hold_seconds",
                "after_call_seconds",
                "transfers",
                "blind_transfers",
                "consult_transfers",
                "human_replies",
            ),
            *map(
                _not_before_opening,
                (
                    "first_response_at",
                    "first_human_response_at",
                    "bot_handed_off_at",
                    "first_resolved_at",
                    "resolved_at",
                    "closed_at",
                ),
            ),
            models.CheckConstraint(
                condition=Q(abandoned=False) | Q(answered__isnull=True) | Q(answered=False),
                name="interaction_not_both_answered_and_abandoned",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["case", "opened_at", "id"], condition=Q(case__isnull=False), name="interaction_of_case"
            ),
            models.Index(fields=["opened_at", "id"], name="interaction_in_time"),
            BrinIndex(fields=["opened_at"], name="interaction_opened_brin"),
            # Few are resolved long after they came; these skip what was not within a span, at no cost to speak of.
            BrinIndex(
                fields=["resolved_at"], opclasses=["timestamptz_minmax_multi_ops"], name="interaction_resolved_brin"
            ),
            BrinIndex(fields=["closed_at"], opclasses=["timestamptz_minmax_multi_ops"], name="interaction_closed_brin"),
            models.Index(fields=["id"], condition=Q(reopened_at__gt=[]), name="interaction_reopened"),
            models.Index(fields=["customer", "opened_at", "id"], name="interaction_by_customer"),
            models.Index(fields=["customer", "reason", "opened_at"], name="interaction_neighbours"),
            models.Index(fields=["agent", "opened_at"], name="interaction_of_agent"),
        ]

    def __str__(self) -> str:
        return self.external_id
