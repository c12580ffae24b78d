"""What became of promises, counted at the moment they were kept or broken."""

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.interaction import CUSTOMER, DEPARTMENT, STAGE, TOUCHPOINTS, touchpoint_at
from apps.metrics.definitions.vocabulary import DimensionKey as D

PROMISES = Names("journeys_brandpromise", label="text")

PROMISE = Fact(
    key="promise",
    description="Every outcome of a promise, at the moment of the event, contact or answer that shows it.",
    topic="promise_outcome",
    table="journeys_promiseoutcome",
    moment="occurred_at",
    source="journeys_promiseoutcome f",
    dimensions=(
        Dimension(D.PROMISE, "f.promise_id", PROMISES),
        Dimension(D.TOUCHPOINT, "f.touchpoint_id", TOUCHPOINTS),
        STAGE,
        DEPARTMENT,
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
        Dimension(D.LANGUAGE, "c.language", join="customer"),
    ),
    joins={"customer": CUSTOMER, "touchpoint": touchpoint_at("occurred_at", "f.touchpoint_id")},
    shapes=((), (D.PROMISE,), (D.TOUCHPOINT,), (D.PROMISE, D.TOUCHPOINT)),
    histogram_shapes=(),
)
