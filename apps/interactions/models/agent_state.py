from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Deferrable, F, Func, Q

from apps.interactions.models.dimensions import Agent
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, one_of, unique_in_source


class AgentActivity(models.TextChoices):
    AVAILABLE = "AVAILABLE"
    ON_CONTACT = "ON_CONTACT"
    WRAP_UP = "WRAP_UP"
    BREAK = "BREAK"
    OFFLINE = "OFFLINE"


class AgentStateChange(Imported):
    """What a source said: from an instant on an agent was in a state, until another one or until the next change.

    What follows from all that was said, in whatever order, are the rows of `AgentState`.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="state_changes")
    state = models.CharField(max_length=10, choices=AgentActivity)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("agent_state_change"),
            one_of("agent_state_change", "state", AgentActivity.values),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gt=F("from_at")), name="agent_state_change_ends_later"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "from_at"], name="agent_state_change_in_time")]


class _Span(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class AgentState(models.Model):
    """An interval [from_at, to_at) in which an agent was in one state; it still is where `to_at` is unknown.

    No two of an agent overlap, so at most one has no end.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=AgentActivity)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            one_of("agent_state", "state", AgentActivity.values),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gt=F("from_at")), name="agent_state_ends_later"
            ),
            ExclusionConstraint(
                name="agent_state_one_at_a_time",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (_Span("from_at", "to_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]
        indexes: ClassVar = [
            BrinIndex(fields=["from_at", "to_at"], name="agent_state_brin"),
            models.Index(fields=["agent", "from_at"], name="agent_state_in_time"),
            models.Index(fields=["agent"], condition=Q(to_at__isnull=True), name="agent_state_now"),
        ]
