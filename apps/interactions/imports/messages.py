"""Messages of interactions' threads; a public one is an event too."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from apps.interactions.commands.events import NewEvent, append_events
from apps.interactions.imports.events import INTERACTION_EVENTS
from apps.interactions.imports.interactions import KEY
from apps.interactions.models import Agent, Author, Message
from apps.interactions.timing.events import EventKind
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.rows import Row
from cxplatform.imports.text_types import Boolean, Choice, Key, Text
from cxplatform.tenancy.doors import current_brand

_SAYS: Final = {
    Author.CUSTOMER.value: EventKind.CUSTOMER_REPLIED,
    Author.HUMAN.value: EventKind.HUMAN_REPLIED,
    Author.BOT.value: EventKind.BOT_REPLIED,
}


def _a_persons_only(row: Mapping[str, Any]) -> Problem | None:
    if row["agent"] is not None and row["author"] != Author.HUMAN:
        return Problem("agent", Code.CONFLICT, "is given for an author of HUMAN only", ("author",))
    return None


def _wait_as_events_do(rows: Sequence[Row]) -> None:
    """Take the locks that storing events takes, ahead of everything that others may wait for."""
    lock_kind(current_brand(), INTERACTION_EVENTS)
    if INTERACTION_EVENTS.before is not None:
        INTERACTION_EVENTS.before(rows)


def _append_events(changed: Mapping[RowKey, State], now: datetime) -> None:
    append_events([_event(key, state.values) for key, state in changed.items() if _is_event(state.values)], now=now)


def _is_event(values: Mapping[str, Any]) -> bool:
    return values["public"] and values["author"] in _SAYS


def _event(key: RowKey, values: Mapping[str, Any]) -> NewEvent:
    source, external_id = key
    return NewEvent(
        interaction=(source, values["interaction"]),
        kind=_SAYS[values["author"]],
        at=values["at"],
        external_id=_event_name(external_id),
        agent_id=values["agent"],
    )


def _event_name(external_id: str) -> str:
    """Name a message's event after it, always alike, in as many characters as there are."""
    name = f"message:{external_id}"
    return name if len(name) <= 200 else "message-" + hashlib.blake2b(external_id.encode(), digest_size=16).hexdigest()


MESSAGES = Kind(
    name="messages",
    model=Message,
    topic="message",
    time_column="at",
    append_only=True,
    own_columns=(
        Column("interaction", Key(200), required=True, field="interaction_external_id"),
        Column("at", Instant(), required=True),
        Column("author", Choice(Author.values), required=True),
        Column("public", Boolean(), default=True),
        Column("agent", KEY, reference=Reference(Agent)),
        Column("text", Text(100_000)),
    ),
    checks=(_a_persons_only,),
    before=_wait_as_events_do,
    locks=("interaction-events",),
    settle=_append_events,
)
