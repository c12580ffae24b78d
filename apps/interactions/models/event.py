from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.interactions.models.dimensions import Agent, Queue
from apps.interactions.models.interaction import Priority
from apps.interactions.models.reason import Reason
from apps.interactions.timing.events import EventKind
from cxplatform.imports.sourced import Imported, one_of, unique_in_source

_KINDS = [kind.value for kind in EventKind]


class InteractionEvent(Imported):
    """Something that happened to an interaction; never changed, never deleted.

    It names its interaction by the id that one has in the same source, for it may be told before it.
    """

    interaction_external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in _KINDS])
    at = models.DateTimeField()
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    queue = models.ForeignKey(Queue, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    reason = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    priority = models.CharField(max_length=6, choices=Priority, null=True, blank=True)
    resolution = models.CharField(max_length=100, null=True, blank=True, help_text="a code of how it was resolved")
    until = models.DateTimeField(null=True, blank=True, help_text="when a snooze ends")

    class Meta:
        constraints: ClassVar = [
            unique_in_source("interaction_event"),
            one_of("interaction_event", "kind", _KINDS),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__in=Priority.values),
                name="interaction_event_priority_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "interaction_external_id", "at", "id"], name="interaction_event_of_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_external_id} {self.kind} {self.at:%Y-%m-%d %H:%M:%S}"
