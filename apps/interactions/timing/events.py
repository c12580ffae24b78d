"""The events of a contact, and the order they count in, whatever order they arrive in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class EventKind(StrEnum):
    """What happened. At one and the same instant what stands first here happened first."""

    REOPENED = "REOPENED"
    CUSTOMER_REPLIED = "CUSTOMER_REPLIED"
    BOT_REPLIED = "BOT_REPLIED"
    BOT_HANDED_OFF = "BOT_HANDED_OFF"
    PRIORITISED = "PRIORITISED"
    HELD = "HELD"
    RESUMED = "RESUMED"
    TRANSFERRED_CONSULT = "TRANSFERRED_CONSULT"
    TRANSFERRED_BLIND = "TRANSFERRED_BLIND"
    QUEUED = "QUEUED"
    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    HUMAN_REPLIED = "HUMAN_REPLIED"
    ABANDONED = "ABANDONED"
    ENDED = "ENDED"
    WRAPPED_UP = "WRAPPED_UP"
    WAITING_ON_CUSTOMER = "WAITING_ON_CUSTOMER"
    SNOOZED = "SNOOZED"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"


_RANK: Final = {kind: rank for rank, kind in enumerate(EventKind)}


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `key` names it in its source, so that it is the same one however often it is told.

    `agent` is who has the contact by it (of a transfer: who gets it), `queue` where it waits from then on.
    """

    kind: EventKind
    at: datetime
    key: str
    agent: UUID | None = None
    queue: UUID | None = None
    priority: str | None = None
    reason: UUID | None = None
    until: datetime | None = None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Return what events are sorted by: nothing that depends on when they arrived."""
        return self.at, _RANK[self.kind], self.key
