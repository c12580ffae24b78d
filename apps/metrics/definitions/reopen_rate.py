"""REOPEN_RATE: how often what was resolved is opened again."""

from apps.metrics.definitions.facts.resolution import RESOLUTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, rate
from apps.metrics.definitions.resolutions import DAYS
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

RESOLVED = Component("reopen.resolved")
REOPENED = Component("reopen.reopened", "f.reopened")
JUDGED = Component("reopen.judged", "f.reopened_in_time IS NOT NULL")
IN_TIME = Component("reopen.in_time", "f.reopened_in_time")
UNKNOWN = Component(
    "reopen.unknown",
    "f.reopened_in_time IS NULL",
    reasons=(Reason("It was opened again; when it had been resolved before is unknown."),),
)

REOPEN_RATE = Metric(
    key="REOPEN_RATE",
    version=1,
    name="Reopen rate",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.LOWER_IS_BETTER,
    description="Share of the interactions first resolved in the window that were opened again, however often: it"
    f" counts interactions, not reopenings. By default within {DAYS} days of the first resolution; whether one was in"
    f" time is known where the row tells that resolution, or where it was opened again within {DAYS} days of its"
    f" opening. Days whose {DAYS} days have not passed yet are left out and make the number provisional.",
    formula=f"opened again within {DAYS} x 24 h of the first resolution / resolved",
    source="Zammad, reopened tickets; Fivetran's Zendesk package counts reopenings, of which one ticket may have many.",
    fact=RESOLUTION,
    variants=(
        rate("SEVEN_DAYS", f"Within {DAYS} days of the first resolution.", IN_TIME, JUDGED, UNKNOWN),
        rate("EVER", "However much later; it grows as time passes.", REOPENED, RESOLVED),
    ),
    parameters=(Parameter("window_days", DAYS, "days of 24 hours", "how soon it must be opened again to count"),),
    examples=(
        Example(
            "Opened again on the seventh day, on the eighth, and never; the first one twice, and still once",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "resolved_at": "2026-03-02T10:00Z",
                    "reopened_at": "2026-03-09T10:00Z;2026-03-11T10:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "resolved_at": "2026-03-02T10:00Z",
                    "reopened_at": "2026-03-09T10:00:01Z",
                },
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z"},
                {"opened_at": "2026-03-02T09:00Z"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(1 / 3, 1, 3, 3), "EVER": Answer(2 / 3, 2, 3, 3)},
        ),
        Example(
            "It counts when it was resolved, not when it was opened; of a later resolution the first is not known",
            (
                {"opened_at": "2026-02-20T09:00Z", "resolved_at": "2026-03-01T00:00Z"},
                {"opened_at": "2026-03-31T09:00Z", "resolved_at": "2026-04-01T00:00Z"},
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "reopened_at": "2026-03-20T09:00Z",
                    "resolved_at": "2026-03-21T09:00Z",
                },
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(0.0, 0, 1, 1), "EVER": Answer(0.5, 1, 2, 2)},
        ),
    ),
)
