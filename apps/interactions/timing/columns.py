"""What an interaction's own columns hold: what its events tell, and for the rest what its row said.

A stream speaks from its first event on. What the row says of moments before that (a first response, a resolution, a
closing, a reopening) stands and comes first: somebody may go on with what was imported. Everything else is all of one
kind: whatever events tell of answering, handling, transfers, replies and the outcome replaces what the row said of it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.interactions.timing.events import Event, EventKind
from apps.interactions.timing.folding import fold
from apps.interactions.timing.results import Standing, Timing

_REPLIES: Final = {EventKind.HUMAN_REPLIED, EventKind.BOT_REPLIED}
_OUTCOMES: Final = {EventKind.RESOLVED, EventKind.CLOSED, EventKind.REOPENED}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an interaction that events may tell, under their names in its table."""

    priority: str
    transfers: int
    handled_by: str
    abandoned: bool = False
    answered: bool | None = None
    wait_seconds: float | None = None
    talk_seconds: float | None = None
    hold_seconds: float | None = None
    after_call_seconds: float | None = None
    blind_transfers: int | None = None
    consult_transfers: int | None = None
    first_response_at: datetime | None = None
    first_human_response_at: datetime | None = None
    human_replies: int | None = None
    bot_handed_off_at: datetime | None = None
    resolved: bool | None = None
    first_resolved_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: tuple[datetime, ...] | None = None
    queue_id: UUID | None = None
    agent_id: UUID | None = None
    reason_id: UUID | None = None


COLUMNS: Final = tuple(field.name for field in fields(Columns))


def derive(row: Columns, events: Collection[Event], *, opened_at: datetime) -> tuple[Columns, Standing]:
    """Return what the columns hold and how the contact stands, given what its row said and all of its events."""
    first = min((event.at for event in events), default=None)
    timing, standing = fold([*said_before(row, first), *events], opened_at=opened_at)
    told: dict[str, object] = {}
    if timing.answered is not None:
        told |= _of(timing, "answered", "abandoned", "wait_seconds")
    if timing.handled:
        told |= _of(
            timing, "talk_seconds", "hold_seconds", "after_call_seconds", "blind_transfers", "consult_transfers"
        )
        told["transfers"] = timing.blind_transfers + timing.consult_transfers
    kinds = {event.kind for event in events}
    if kinds & _REPLIES:
        told |= _of(timing, "first_response_at", "first_human_response_at", "human_replies")
    if kinds & _OUTCOMES:
        told |= _of(timing, "resolved", "first_resolved_at", "resolved_at", "closed_at")
        told["reopened_at"] = timing.reopened_at or None
    last: dict[str, object] = {"queue_id": timing.queue, "agent_id": timing.agent, "reason_id": timing.reason}
    last |= _of(timing, "priority", "bot_handed_off_at")
    if events:
        last["handled_by"] = timing.handled_by
    told |= {name: value for name, value in last.items() if value is not None}
    columns = replace(row, **told)  # type: ignore[arg-type]  # each is of its column's type
    return columns, replace(
        standing,
        queue=columns.queue_id if standing.queue is None else standing.queue,
        priority=columns.priority,
    )


def _of(timing: Timing, *names: str) -> dict[str, object]:
    return {name: getattr(timing, name) for name in names}


def said_before(row: Columns, first: datetime | None) -> Iterator[Event]:
    """Yield as events what the row says had happened before the first event, or at all if there is none."""
    by_bot = row.handled_by == "BOT" or row.first_human_response_at not in (None, row.first_response_at)
    reply = EventKind.BOT_REPLIED if by_bot else EventKind.HUMAN_REPLIED
    said = (
        (reply, row.first_response_at),
        (EventKind.HUMAN_REPLIED, row.first_human_response_at),
        (EventKind.RESOLVED, row.first_resolved_at),
        (EventKind.RESOLVED, row.resolved_at),
        (EventKind.CLOSED, row.closed_at),
        *((EventKind.REOPENED, at) for at in row.reopened_at or ()),
    )
    for place, (kind, at) in enumerate(dict.fromkeys(said)):
        if at is not None and (first is None or at < first):
            yield Event(kind, at, f"\0{place}")
