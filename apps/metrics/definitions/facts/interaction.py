"""Interactions, counted at the moment they were opened."""

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.open_time import WITH_OPEN_TIME
from apps.metrics.definitions.vocabulary import DimensionKey as D

QUEUES = Names("interactions_queue")
AGENTS = Names("interactions_agent")
TEAMS = Names("interactions_team")
REASONS = Names("interactions_reason", key="path", label="path")
TOUCHPOINTS = Names("journeys_touchpoint", label="name")

CUSTOMER = "LEFT JOIN customers_customer c ON c.id = f.customer_id"


# The touchpoint that a contact or an answer names, else that at which it was placed.
PLACED = "coalesce(f.touchpoint_id, f.placed_id)"


def touchpoint_at(moment: str, touchpoint: str = PLACED) -> str:
    """Return the join to a row's touchpoint, and to where the journey in force at a moment of the row put it.

    Spans of a touchpoint never overlap, so a row stays one row. Where no journey says, the touchpoint's own columns do.
    """
    return f"""LEFT JOIN journeys_touchpoint t ON t.id = {touchpoint}
        LEFT JOIN journeys_touchpointspan ts ON ts.touchpoint_id = {touchpoint}
            AND ts.since <= f.{moment} AND (ts.until > f.{moment} OR ts.until IS NULL)"""


STAGE = Dimension(D.STAGE, "coalesce(ts.stage, t.stage)", join="touchpoint")
DEPARTMENT = Dimension(D.DEPARTMENT, "coalesce(ts.department, t.department)", join="touchpoint")

# A repeat is counted on the same columns, so both facts share these.
CONTACT_DIMENSIONS = (
    Dimension(D.CHANNEL, "f.channel"),
    Dimension(D.QUEUE, "f.queue_id", QUEUES),
    Dimension(D.AGENT, "f.agent_id", AGENTS),
    Dimension(D.TEAM, "f.team_id", TEAMS),
    Dimension(D.REASON, "f.reason_id", REASONS),
    Dimension(D.TOUCHPOINT, PLACED, TOUCHPOINTS),
    STAGE,
    DEPARTMENT,
    Dimension(D.SEGMENT, "c.segment", join="customer"),
    Dimension(D.COUNTRY, "c.country", join="customer"),
    Dimension(D.LANGUAGE, "f.language"),
    Dimension(D.PRIORITY, "f.priority"),
    Dimension(D.HANDLED_BY, "f.handled_by"),
)
# Whatever is counted of a contact, and when: it belongs to the stage it was in when it was opened.
CONTACT_JOINS = {"customer": CUSTOMER, "touchpoint": touchpoint_at("opened_at")}

INTERACTION = Fact(
    key="interaction",
    description="Every interaction, at the moment it was opened.",
    topic="interaction",
    table="interactions_interaction",
    moment="opened_at",
    source="interactions_interaction f",
    elaborate=WITH_OPEN_TIME,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=(
        (),
        (D.CHANNEL,),
        (D.QUEUE,),
        (D.AGENT,),
        (D.TEAM,),
        (D.REASON,),
        (D.TOUCHPOINT,),
        (D.PRIORITY,),
        (D.CHANNEL, D.QUEUE),
        (D.CHANNEL, D.REASON),
    ),
    histogram_shapes=((), (D.CHANNEL,), (D.QUEUE,)),
)
