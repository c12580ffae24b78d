"""Events of interactions; with them, what the interactions' columns hold."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from apps.interactions.imports.interactions import INTERACTIONS, KEY, REASON
from apps.interactions.models import Agent, InteractionEvent, Priority, Queue
from apps.interactions.models.reason import LONGEST_NAME, LONGEST_PATH, MOST_LEVELS
from apps.interactions.refolding import refold, unknown_interactions
from apps.interactions.timing.events import EventKind
from cxplatform.imports.checks import not_before
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.rows import Row
from cxplatform.imports.text_types import Choice, Key, Path
from cxplatform.tenancy.doors import current_brand


def _prioritised_as_what(row: Mapping[str, Any]) -> Problem | None:
    if row["kind"] == EventKind.PRIORITISED and row["priority"] is None:
        return Problem("priority", Code.REQUIRED, "must be given: it is what the event says", ("kind",))
    return None


def _let_no_interaction_come_between(rows: Sequence[Row]) -> None:
    """Keep an interaction that these events are early for from being stored, unseen, at the same time."""
    if unknown_interactions((row.source, row.values["interaction"]) for row in rows):
        lock_kind(current_brand(), INTERACTIONS)


def _take_in(changed: Mapping[RowKey, State], now: datetime) -> None:
    refold({(source, state.values["interaction"]) for (source, _), state in changed.items()}, now=now)


INTERACTION_EVENTS = Kind(
    name="interaction-events",
    model=InteractionEvent,
    topic="interaction_event",
    time_column="at",
    append_only=True,
    own_columns=(
        Column("interaction", Key(200), required=True, field="interaction_external_id"),
        Column("kind", Choice([kind.value for kind in EventKind]), required=True),
        Column("at", Instant(), required=True),
        Column("agent", KEY, reference=Reference(Agent)),
        Column("queue", KEY, reference=Reference(Queue)),
        Column("priority", Choice(Priority.values)),
        Column("reason", Path(LONGEST_PATH, LONGEST_NAME, MOST_LEVELS), reference=REASON),
        Column("resolution", KEY),
        Column("until", Instant()),
    ),
    checks=(not_before("until", "at"), _prioritised_as_what),
    before=_let_no_interaction_come_between,
    locks=("interactions",),
    settle=_take_in,
)
