"""RESOLUTION_TIME_FULL: how long until the contact was resolved for good."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.open_time import in_open_time, unknown_in_open_time
from apps.metrics.definitions.parts import Component, Measure, Reason, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

# Opened again after the last time it was resolved, or known not to be.
_IS_OPEN_AGAIN = "f.resolved IS FALSE OR f.resolved_at < ANY(f.reopened_at)"
RESOLUTION = Measure(
    "resolution",
    "extract(epoch FROM f.resolved_at - f.opened_at)",
    f"f.resolved_at >= f.opened_at AND ({_IS_OPEN_AGAIN}) IS NOT TRUE",
)
OPEN = Component(
    "resolution.open",
    f"f.resolved_at IS NULL OR {_IS_OPEN_AGAIN}",
    reasons=(
        Reason("It is not resolved yet.", "f.resolved_at IS NULL"),
        Reason("Its source says that it is not resolved.", "f.resolved IS FALSE"),
        Reason("It was opened again and not resolved since."),
    ),
)

IN_OPEN_TIME = in_open_time(RESOLUTION, "business_resolution")
UNKNOWN_IN_OPEN_TIME = unknown_in_open_time(RESOLUTION, "business_resolution", OPEN)

RESOLUTION_TIME_FULL = Metric(
    key="RESOLUTION_TIME_FULL",
    version=3,
    name="Full resolution time",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Time from opening to the last resolution, reopenings included, by the clock on the wall or"
    " in the open time of the calendar of its queue, of all versions that held meanwhile."
    " What is still open is left out, and so is what was opened again and not resolved since: recent windows"
    " look better than they will be.",
    formula="sum(last resolved - opened) / resolved interactions",
    source="Zendesk, full resolution time.",
    fact=INTERACTION,
    variants=(
        mean_of("CALENDAR", "Calendar time.", RESOLUTION, OPEN),
        mean_of("BUSINESS", "Open time of the calendar of its queue.", IN_OPEN_TIME, UNKNOWN_IN_OPEN_TIME),
    ),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "One hour and three hours; the third is still open",
            (
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T12:00Z"},
                {"opened_at": "2026-03-02T09:00Z"},
            ),
            {"CALENDAR": Answer(7200, 14400, 2, 2), "BUSINESS": Answer(None, 0, 0, 0)},
        ),
        Example(
            "Opened again: until the second resolution if there was one, else not resolved",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "reopened_at": "2026-03-03T09:00Z",
                    "resolved_at": "2026-03-03T10:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "resolved_at": "2026-03-02T10:00Z",
                    "reopened_at": "2026-03-03T09:00Z",
                },
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z", "resolved": False},
            ),
            {"CALENDAR": Answer(90_000, 90_000, 1, 1), "BUSINESS": Answer(None, 0, 0, 0)},
        ),
        Example(
            "It belongs to the day it was opened, whenever it is resolved",
            (
                {"opened_at": "2026-03-31T23:00Z", "resolved_at": "2026-04-01T00:00Z"},
                {"opened_at": "2026-02-28T23:00Z", "resolved_at": "2026-03-01T09:00Z"},
            ),
            {"CALENDAR": Answer(3600, 3600, 1, 1), "BUSINESS": Answer(None, 0, 0, 0)},
        ),
        Example(
            "Opened on Friday at 16:00, resolved on Monday at 10:00: two hours of open time",
            ({"opened_at": "2026-03-06T16:00Z", "resolved_at": "2026-03-09T10:00Z"},),
            {"CALENDAR": Answer(237_600, 237_600, 1, 1), "BUSINESS": Answer(7200, 7200, 1, 1)},
            open_hours="09:00-17:00",
        ),
    ),
)
