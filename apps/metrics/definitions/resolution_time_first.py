"""RESOLUTION_TIME_FIRST: how long until the contact was resolved for the first time."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.open_time import in_open_time, unknown_in_open_time
from apps.metrics.definitions.parts import Component, Measure, Reason, mean_of
from apps.metrics.definitions.resolutions import FIRST_RESOLVED_AT, IS_REOPENED
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

FIRST = Measure(
    "resolution_first",
    f"extract(epoch FROM ({FIRST_RESOLVED_AT}) - f.opened_at)",
    f"({FIRST_RESOLVED_AT}) >= f.opened_at",
)
UNKNOWN = Component(
    "resolution_first.unknown",
    f"({FIRST_RESOLVED_AT}) IS NULL",
    reasons=(
        Reason("It was opened again; when it had been resolved before is unknown.", IS_REOPENED),
        Reason("It is resolved; since when is unknown.", "f.resolved IS TRUE"),
        Reason("It is not resolved yet."),
    ),
)

IN_OPEN_TIME = in_open_time(FIRST, "business_first_resolution")
UNKNOWN_IN_OPEN_TIME = unknown_in_open_time(FIRST, "business_first_resolution", UNKNOWN)

RESOLUTION_TIME_FIRST = Metric(
    key="RESOLUTION_TIME_FIRST",
    version=1,
    name="First resolution time",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Time from opening to the first resolution, by the clock on the wall or in the open time of the"
    " calendar of its queue. What happens later does not change it, which is why it comes with the rate of repeat"
    " contacts. What is still open is left out, so recent windows look better than they will be; so is what was opened"
    " again and resolved once more where the source tells the last resolution only.",
    formula="sum(first resolved - opened) / interactions whose first resolution is known",
    source="Zendesk, first resolution time.",
    fact=INTERACTION,
    variants=(
        mean_of("CALENDAR", "Calendar time.", FIRST, UNKNOWN),
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
            "Opened again after one hour: the hour stands. Resolved again since: the first resolution is not told",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "resolved_at": "2026-03-02T10:00Z",
                    "reopened_at": "2026-03-03T09:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "reopened_at": "2026-03-03T09:00Z",
                    "resolved_at": "2026-03-03T10:00Z",
                },
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
