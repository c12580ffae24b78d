"""What interactions are counted by; each is made when first named and known by its key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.interactions.models.calendar import Calendar
from apps.interactions.models.keyed import Keyed
from cxplatform.imports.sourced import one_of

MOST_PRIORITY = 100
MOST_CONTACTS = 100


class QueueAssignment(models.TextChoices):
    PULL = "PULL"
    PUSH = "PUSH"


class Queue(Keyed):
    """Where contacts wait. One that an import made needs no skill; retired, it takes no new contacts."""

    name = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=0, help_text="of two contacts alike, the higher is taken first")
    assignment = models.CharField(max_length=4, choices=QueueAssignment, default=QueueAssignment.PULL)
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="queues")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(priority__lte=MOST_PRIORITY), name="queue_priority_bounded"),
            one_of("queue", "assignment", QueueAssignment.values),
        ]


class Team(Keyed):
    """A group of agents."""


class Agent(Keyed):
    """Who handled a contact, as the source system names it; linked to a member where that is known.

    It has one call or talk at a time, or up to `capacity` contacts of the channels that wait for an answer.
    """

    member_id = models.UUIDField(null=True, blank=True, unique=True, help_text="a member in the shared schema")
    name = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="agents")
    capacity = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_CONTACTS), name="agent_capacity_bounded"
            ),
        ]
