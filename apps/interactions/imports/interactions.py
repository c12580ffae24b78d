"""Interactions, with the queues, teams, agents and reasons that they name."""

from collections.abc import Mapping
from datetime import datetime

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.interactions.case_marks import mark_customers
from apps.interactions.models import Agent, Channel, Direction, HandledBy, Interaction, Priority, Queue, Reason, Team
from apps.interactions.models.reason import LONGEST_NAME, LONGEST_PATH, MOST_LEVELS
from apps.interactions.placing.placing import place_written
from apps.interactions.reasons.aliases import canonical
from apps.interactions.reasons.versions import begin_made
from apps.interactions.refolding import MOVES, TOPIC, as_given, refold_written
from apps.interactions.slas.marks import mark_told
from apps.interactions.timing.columns import COLUMNS, Columns
from apps.interactions.topics import SAID, tell_interactions
from apps.journeys.imports import TOUCHPOINT, TOUCHPOINT_KEY
from apps.journeys.stages.marks import mark_travellers, travellers_of
from cxplatform.imports.checks import not_before, not_both
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant, Instants
from cxplatform.imports.kinds import AsGiven, Column, Kind, Reference
from cxplatform.imports.number_types import Integer, Number
from cxplatform.imports.text_types import LANGUAGE, Boolean, Choice, Key, Path, Text

# No wait, call or pause lasts longer than a year.
_SECONDS = Number(0, 366 * 86_400)
KEY = Key(100)


def _parent_path(path: str) -> str | None:
    return path.rpartition("/")[0] or None


def _last_name(path: str) -> dict[str, object]:
    return {"name": path.rpartition("/")[2]}


REASON = Reference(
    Reason,
    key="path",
    fill=_last_name,
    parent_of=_parent_path,
    canonical=canonical,
    live="merged_into",
    made=begin_made,
)


def _as_columns_of_a_row(said: Columns) -> dict[str, object]:
    values = {name.removesuffix("_id"): getattr(said, name) for name in COLUMNS}
    return values | {"reopened_at": None if said.reopened_at is None else list(said.reopened_at)}


def _derive_anew(changed: Mapping[RowKey, State], now: datetime) -> None:
    refold_written(changed.keys(), now)
    customers = travellers_of(changed.values())
    mark_customers(customers)
    mark_travellers(customers)
    place_written(changed)
    mark_told((state.id, state.values["opened_at"]) for state in changed.values())
    tell_interactions(state.id for state in changed.values())


INTERACTIONS = Kind(
    name="interactions",
    model=Interaction,
    topic=TOPIC,
    time_column="opened_at",
    also_marked=(MOVES, (SAID, ("opened_at",))),
    external_id_required=True,
    own_columns=(
        Column("channel", Choice(Channel.values), required=True),
        Column("opened_at", Instant(), required=True),
        Column("customer", CUSTOMER_ID, reference=CUSTOMER),
        Column("direction", Choice(Direction.values), default=Direction.INBOUND.value),
        Column("queue", KEY, reference=Reference(Queue)),
        Column("agent", KEY, reference=Reference(Agent)),
        Column("team", KEY, reference=Reference(Team)),
        Column("reason", Path(LONGEST_PATH, LONGEST_NAME, MOST_LEVELS), reference=REASON),
        Column("touchpoint", TOUCHPOINT_KEY, reference=TOUCHPOINT),
        Column("priority", Choice(Priority.values), default=Priority.NORMAL.value),
        Column("wait_seconds", _SECONDS),
        Column("answered", Boolean()),
        Column("abandoned", Boolean(), default=False),
        Column("handled_by", Choice(HandledBy.values), default=HandledBy.HUMAN.value),
        Column("first_response_at", Instant()),
        Column("resolved_at", Instant()),
        Column("closed_at", Instant()),
        Column("talk_seconds", _SECONDS),
        Column("hold_seconds", _SECONDS),
        Column("after_call_seconds", _SECONDS),
        Column("transfers", Integer(0, 10_000), default=0),
        Column("reopened_at", Instants()),
        Column("resolved", Boolean()),
        Column("subject", Text(500)),
        Column("text", Text(100_000)),
        Column("language", LANGUAGE),
        Column("first_human_response_at", Instant()),
        Column("human_replies", Integer(0, 10_000)),
        Column("first_resolved_at", Instant()),
        Column("blind_transfers", Integer(0, 10_000)),
        Column("consult_transfers", Integer(0, 10_000)),
        Column("bot_handed_off_at", Instant()),
    ),
    checks=(
        not_before("first_response_at", "opened_at"),
        not_before("first_human_response_at", "opened_at"),
        not_before("bot_handed_off_at", "opened_at"),
        not_before("first_resolved_at", "opened_at"),
        not_before("resolved_at", "opened_at"),
        not_before("closed_at", "opened_at"),
        not_both("abandoned", "answered"),
    ),
    as_given=AsGiven("as_imported", lambda kept: _as_columns_of_a_row(as_given(kept))),
    settle=_derive_anew,
)
