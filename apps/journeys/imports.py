"""What can be imported into this app: touchpoint events."""

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.journeys.models import Outcome, Touchpoint, TouchpointEvent
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference, register
from cxplatform.imports.number_types import Integer
from cxplatform.imports.text_types import Boolean, Choice, Json, Key

TOUCHPOINT = Reference(Touchpoint, fill=lambda key: {"name": key})
TOUCHPOINT_KEY = Key(100)

TOUCHPOINT_EVENTS = Kind(
    name="touchpoint-events",
    model=TouchpointEvent,
    topic="touchpoint_event",
    time_column="occurred_at",
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
)

register(TOUCHPOINT_EVENTS)
