"""What can be imported into this app: touchpoint events."""

from collections.abc import Mapping
from datetime import datetime

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.journeys.ledger.marks import TOPIC
from apps.journeys.models import Outcome, Touchpoint, TouchpointEvent
from apps.journeys.spans import EVENTS_TOPIC
from apps.journeys.stages.marks import mark_travellers, travellers_of
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference, register
from cxplatform.imports.number_types import Integer
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

register(TOUCHPOINT_EVENTS)
