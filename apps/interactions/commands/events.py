"""Adding events to interactions: told by others, or made here by working. Runs inside the open brand door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.interactions.models import InteractionEvent
from apps.interactions.own_work import agent_of, handled_key
from apps.interactions.refolding import InteractionKey, Refolded, refold
from apps.interactions.timing.events import EventKind
from cxplatform.errors import Forbidden
from cxplatform.ids import uuid7
from cxplatform.imports.guards import Write

_HANDED_ON = (EventKind.TRANSFERRED_BLIND, EventKind.TRANSFERRED_CONSULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event made here; `external_id` is made up where it is left empty."""

    interaction: InteractionKey
    kind: EventKind
    at: datetime
    external_id: str = ""
    agent_id: UUID | None = None
    queue_id: UUID | None = None
    reason_id: UUID | None = None
    priority: str | None = None
    resolution: str | None = None
    until: datetime | None = None


def append_events(events: Sequence[NewEvent], *, now: datetime) -> list[Refolded]:
    """Store events and derive what they tell: columns, days to be counted anew, standings. Known ones stay as they are.

    Whoever decides by how an interaction stands locks it before: `refold` does, and tells the standing.
    """
    made = [
        InteractionEvent(
            source=event.interaction[0],
            external_id=event.external_id or str(uuid7()),
            interaction_external_id=event.interaction[1],
            kind=event.kind.value,
            at=event.at,
            agent_id=event.agent_id,
            queue_id=event.queue_id,
            reason_id=event.reason_id,
            priority=event.priority,
            resolution=event.resolution,
            until=event.until,
        )
        for event in events
    ]
    InteractionEvent.objects.bulk_create(made, ignore_conflicts=True)
    return refold({event.interaction for event in events}, now=now)


def record_interaction_event(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> InteractionEvent:
    """Store an event, known by source and external id, and derive what it tells; the same one again changes nothing.

    `values` are the columns of the import kind. Whoever sees only its own work records events of that, and itself as
    the agent, unless the event says to whom it hands the contact on. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(
        actor,
        "interaction-events",
        values,
        action="record_interaction_event",
        now=now,
        is_own=_of_own_work,
        check=_as_its_own,
    )
    return InteractionEvent.objects.get(pk=key)


def _of_own_work(member_id: UUID, event_id: UUID) -> bool:
    event = InteractionEvent.objects.get(pk=event_id)
    return handled_key(member_id, event.source, event.interaction_external_id)


def _as_its_own(member_id: UUID, write: Write) -> None:
    values = write.row.values
    if not handled_key(member_id, write.row.source, values["interaction"]):
        raise Forbidden("You did not handle this interaction.", field="interaction")
    itself, agent = agent_of(member_id), values.get("agent")
    if agent is not None and values["kind"] not in _HANDED_ON and (itself is None or agent != itself.key):
        raise Forbidden("You record your own work only.", field="agent")
