"""What can be imported into this app: touchpoint events, and hand-offs between departments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.journeys.handoffs.watch import LONGEST
from apps.journeys.handoffs.watch import TOPIC as HANDOFF_TOPIC
from apps.journeys.ledger.marks import TOPIC
from apps.journeys.models import Department, Handoff, Outcome, Touchpoint, TouchpointEvent
from apps.journeys.spans import EVENTS_TOPIC
from apps.journeys.stages.marks import mark_travellers, travellers_of
from cxplatform.imports.checks import not_before
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference, register
from cxplatform.imports.number_types import Integer, Number
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.text_types import Boolean, Choice, Json, Key

TOUCHPOINT = Reference(Touchpoint, fill=lambda key: {"name": key})
TOUCHPOINT_KEY = Key(100)


def _stage_anew(changed: Mapping[RowKey, State], now: datetime) -> None:
    mark_travellers(travellers_of(changed.values()))


TOUCHPOINT_EVENTS = Kind(
    name="touchpoint-events",
    model=TouchpointEvent,
    topic=EVENTS_TOPIC,
    time_column="occurred_at",
    also_marked=((TOPIC, ("occurred_at",)),),
    own_columns=(
        Column("customer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("touchpoint", TOUCHPOINT_KEY, required=True, reference=TOUCHPOINT),
        Column("occurred_at", Instant(), required=True),
        Column("outcome", Choice(Outcome.values)),
        Column("duration_ms", Integer(0, 2**53)),
        Column("promise", Key(100)),
        Column("promise_kept", Boolean()),
        Column("attributes", Json()),
    ),
    settle=_stage_anew,
)

DEPARTMENT = Reference(Department, fill=lambda key: {"name": key})


def _to_another(row: Mapping[str, Any]) -> Problem | None:
    if row["from_department"] != row["to_department"]:
        return None
    return Problem("to_department", Code.CONFLICT, "must be another department than from_department")


HANDOFFS = Kind(
    name="handoffs",
    model=Handoff,
    topic=HANDOFF_TOPIC,
    time_column="handed_at",
    own_columns=(
        Column("customer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("from_department", Key(100), required=True, reference=DEPARTMENT),
        Column("to_department", Key(100), required=True, reference=DEPARTMENT),
        Column("handed_at", Instant(), required=True),
        Column("accepted_at", Instant()),
        Column("accept_within_seconds", Number(0, LONGEST.total_seconds())),
        Column("context_passed", Boolean()),
        Column("question_repeated", Boolean()),
        Column("promise", Key(100)),
        Column("promise_kept", Boolean()),
        Column("interaction", Key(200), field="interaction_external_id"),
    ),
    checks=(_to_another, not_before("accepted_at", "handed_at")),
)

register(TOUCHPOINT_EVENTS, HANDOFFS)
