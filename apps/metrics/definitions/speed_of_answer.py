"""SPEED_OF_ANSWER: how long answered contacts waited."""

from apps.metrics.definitions.contacts import IS_OFFERED_ANSWERED
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

WAIT = Measure("wait", "f.wait_seconds", f"{IS_OFFERED_ANSWERED} AND f.wait_seconds IS NOT NULL")
UNKNOWN = Component(
    "wait.unknown",
    f"{IS_OFFERED_ANSWERED} AND f.wait_seconds IS NULL",
    reasons=(Reason("How long the customer waited is unknown."),),
)

SPEED_OF_ANSWER = Metric(
    key="SPEED_OF_ANSWER",
    version=2,
    name="Average speed of answer",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Mean wait of the inbound contacts that were answered; those that were abandoned are not part of"
    " it, which is why it comes with the abandonment rate as its guard rail. Nobody waits for our own calls.",
    formula="sum(wait of answered inbound contacts) / answered inbound contacts with a known wait",
    source="ICMI and Genesys Cloud, average speed of answer.",
    fact=INTERACTION,
    variants=(mean_of("ANSWERED", "Answered inbound contacts.", WAIT, UNKNOWN),),
    guard_rail="ABANDONMENT",
    examples=(
        Example(
            "Waits of 10 s and 30 s; the caller who gave up after 300 s does not count",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "wait_seconds": 10},
                {"opened_at": "2026-03-02T10:00Z", "answered": True, "wait_seconds": 30},
                {"opened_at": "2026-03-02T11:00Z", "answered": False, "abandoned": True, "wait_seconds": 300},
            ),
            {"ANSWERED": Answer(20, 40, 2, 2)},
        ),
        Example(
            "Nothing answered is no data, not zero seconds; our own call was not waiting for us",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": False, "abandoned": True, "wait_seconds": 40},
                {"opened_at": "2026-03-02T10:00Z", "direction": "OUTBOUND", "answered": True, "wait_seconds": 5},
            ),
            {"ANSWERED": Answer(None, 0, 0, 0)},
        ),
    ),
)
