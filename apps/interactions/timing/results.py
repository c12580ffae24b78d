"""What a stream of events comes to: how long everything took, and how the contact stands now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """How a contact stands. OVER: the talking is over and wrapped up, and nobody said that it is resolved."""

    QUEUED = "QUEUED"
    RINGING = "RINGING"
    ACTIVE = "ACTIVE"
    HELD = "HELD"
    WRAP_UP = "WRAP_UP"
    OVER = "OVER"
    WAITING_ON_CUSTOMER = "WAITING_ON_CUSTOMER"
    SNOOZED = "SNOOZED"
    RESOLVED = "RESOLVED"
    CLOSED = "CLOSED"
    ABANDONED = "ABANDONED"


@dataclass(frozen=True, slots=True)
class Timing:
    """What the events say, and None where they say nothing. Durations are seconds.

    `handled`: somebody took it. `resolved`: it stands resolved; False once it was reopened. `resolved_at` and
    `closed_at` are the last ones, reopened since or not. `queue`, `agent`, `reason` and `priority` are the last named.
    """

    wait_seconds: float | None
    answered: bool | None
    abandoned: bool
    handled: bool
    talk_seconds: float | None
    hold_seconds: float | None
    after_call_seconds: float | None
    blind_transfers: int
    consult_transfers: int
    first_response_at: datetime | None
    first_human_response_at: datetime | None
    human_replies: int
    bot_handed_off_at: datetime | None
    handled_by: str | None
    resolved: bool | None
    first_resolved_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    reopened_at: tuple[datetime, ...]
    queue: UUID | None
    agent: UUID | None
    reason: UUID | None
    priority: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contact stands since an instant: in which queue, with whom. `until`: when a snooze ends."""

    state: State
    since: datetime
    queue: UUID | None
    agent: UUID | None
    priority: str | None
    until: datetime | None = None
