"""What customers went through at touchpoints, counted at the moment it happened."""

from apps.metrics.definitions.facts.fact import Dimension, Fact
from apps.metrics.definitions.facts.interaction import CUSTOMER, DEPARTMENT, STAGE, TOUCHPOINTS, touchpoint_at
from apps.metrics.definitions.vocabulary import DimensionKey as D

# With the service level of the version in force then. Where two journeys place a touchpoint, the first by key holds.
_SOURCE = """(SELECT e.id, e.occurred_at, e.touchpoint_id, e.customer_id, e.duration_ms, e.outcome, p.slo_ms
    FROM journeys_touchpointevent e
    LEFT JOIN journeys_touchpointspan s ON s.touchpoint_id = e.touchpoint_id
        AND s.since <= e.occurred_at AND (s.until > e.occurred_at OR s.until IS NULL)
    LEFT JOIN journeys_placement p ON p.id = s.placement_id) f"""

TOUCHPOINT_EVENT = Fact(
    key="touchpoint_event",
    description="Everything a customer went through at a touchpoint, at the moment it happened.",
    topic="touchpoint_event",
    table="journeys_touchpointevent",
    moment="occurred_at",
    source=_SOURCE,
    dimensions=(
        Dimension(D.TOUCHPOINT, "f.touchpoint_id", TOUCHPOINTS),
        STAGE,
        DEPARTMENT,
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
    ),
    joins={"customer": CUSTOMER, "touchpoint": touchpoint_at("occurred_at", "f.touchpoint_id")},
    shapes=((), (D.TOUCHPOINT,)),
)
