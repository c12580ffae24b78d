from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from apps.interactions.models.dimensions import Agent, Queue
from apps.interactions.models.interaction import Channel, Interaction, Priority
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class WorkState(models.TextChoices):
    """How a contact stands that is being worked on; one that is settled is no work any more."""

    QUEUED = "QUEUED"
    RINGING = "RINGING"
    ACTIVE = "ACTIVE"
    HELD = "HELD"
    WRAP_UP = "WRAP_UP"
    WAITING_ON_CUSTOMER = "WAITING_ON_CUSTOMER"
    SNOOZED = "SNOOZED"


_LIVE: Final = frozenset({Channel.PHONE.value, Channel.IN_PERSON.value})
# In which a contact takes up its agent's time.
IN_HAND: Final = (WorkState.RINGING, WorkState.ACTIVE, WorkState.HELD, WorkState.WRAP_UP)


class Work(models.Model):
    """An open contact that is worked on here: one small row, in place of a look at all of its events.

    It follows from them, and is written where they are taken in and nowhere else. `agent` of a QUEUED one is whom
    alone it waits for. `rank`: of two that wait the higher is taken first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    interaction = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="work")
    state = models.CharField(max_length=19, choices=WorkState)
    since = models.DateTimeField()
    queue = models.ForeignKey(Queue, null=True, blank=True, on_delete=models.PROTECT, related_name="work")
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="work")
    priority = models.CharField(max_length=6, choices=Priority)
    rank = models.PositiveSmallIntegerField()
    live = models.BooleanField(help_text="it happens now and needs the whole agent: a call, a talk")
    until = models.DateTimeField(null=True, blank=True, help_text="when a snooze ends")

    class Meta:
        constraints: ClassVar = [
            one_of("work", "state", WorkState.values),
            one_of("work", "priority", Priority.values),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-rank", "since", "id"], condition=Q(state="QUEUED"), name="work_next"),
            models.Index(fields=["since", "id"], name="work_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id} {self.state}"

    @staticmethod
    def is_live(channel: str) -> bool:
        """Tell whether contacts of a channel happen now, one at a time."""
        return channel in _LIVE
