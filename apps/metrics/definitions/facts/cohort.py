"""Interactions by the moment they were opened, once there was time to resolve them."""

from datetime import timedelta

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.resolutions import DAYS
from apps.metrics.definitions.vocabulary import DimensionKey as D

COHORT = Fact(
    key="cohort",
    description=f"Every interaction, at the moment it was opened, once {DAYS} days have passed since its day.",
    topic="interaction",
    table="interactions_interaction",
    moment="opened_at",
    source="interactions_interaction f",
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,)),
    histogram_shapes=(),
    ripens=timedelta(days=DAYS),
)
