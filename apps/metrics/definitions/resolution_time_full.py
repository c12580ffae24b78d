"""RESOLUTION_TIME_FULL: how long until the contact was resolved for good."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

RESOLUTION = Measure("resolution", "extract(epoch FROM f.resolved_at - f.opened_at)", "f.resolved_at >= f.opened_at")
OPEN = Component("resolution.open", "f.resolved_at IS NULL")

RESOLUTION_TIME_FULL = Metric(
    key="RESOLUTION_TIME_FULL",
    version=1,
    name="Full resolution time",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Time from opening to the last resolution, reopenings included, by the clock on the wall."
    " What is still open is left out, so recent windows look better than they will be.",
    formula="sum(last resolved - opened) / resolved interactions",
    source="Zendesk, full resolution time.",
    fact=INTERACTION,
    variants=(mean_of("CALENDAR", "Calendar time.", RESOLUTION, OPEN),),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "One hour and three hours; the third is still open",
            (
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T12:00Z"},
                {"opened_at": "2026-03-02T09:00Z"},
            ),
            {"CALENDAR": Answer(7200, 14400, 2, 2)},
        ),
        Example(
            "It belongs to the day it was opened, whenever it is resolved",
            (
                {"opened_at": "2026-03-31T23:00Z", "resolved_at": "2026-04-01T00:00Z"},
                {"opened_at": "2026-02-28T23:00Z", "resolved_at": "2026-03-01T09:00Z"},
            ),
            {"CALENDAR": Answer(3600, 3600, 1, 1)},
        ),
    ),
)
