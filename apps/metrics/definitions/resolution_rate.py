"""RESOLUTION_RATE: the share of contacts that are resolved within seven days."""

from apps.metrics.definitions.facts.cohort import COHORT
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, rate
from apps.metrics.definitions.resolutions import DAYS, EVER_RESOLVED, FIRST_RESOLVED_AT, IS_REOPENED, WITHIN
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_INBOUND = "f.direction = 'INBOUND'"
# To have been opened again in time it must have been resolved before that.
_IN_TIME = (
    f"(f.opened_at + {WITHIN} >= f.first_resolved_at OR f.opened_at + {WITHIN} >= f.resolved_at"
    f" OR f.opened_at + {WITHIN} >= ANY(f.reopened_at))"
)
_UNSAID = f"(({FIRST_RESOLVED_AT}) IS NULL AND {EVER_RESOLVED})"

RESOLVED = Component("cohort.resolved", f"{_INBOUND} AND {_IN_TIME}")
UNKNOWN = Component(
    "cohort.unknown",
    f"{_INBOUND} AND {_IN_TIME} IS NOT TRUE AND {_UNSAID}",
    reasons=(
        Reason("It was opened again; when it had been resolved before is unknown.", IS_REOPENED),
        Reason("It is resolved; since when is unknown."),
    ),
)
CREATED = Component("cohort.created", f"{_INBOUND} AND ({_IN_TIME} OR {_UNSAID} IS NOT TRUE)")

RESOLUTION_RATE = Metric(
    key="RESOLUTION_RATE",
    version=1,
    name="Resolution rate",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description=f"Share of the inbound contacts opened in the window that were resolved at least once within {DAYS}"
    " days of their opening, abandoned ones included. Those above the line are some of those below it, so it never"
    f" exceeds 1. Days whose {DAYS} days have not passed yet are left out and make the number provisional. That one is"
    " opened again later does not change it: see REOPEN_RATE.",
    formula=f"resolved at least once within {DAYS} x 24 h / opened",
    source="Cohorts by the day of opening; Frappe Helpdesk divides by what was resolved in the window, whenever it was"
    " opened, which can exceed 100 %.",
    fact=COHORT,
    variants=(rate("SEVEN_DAYS", f"Within {DAYS} days of the opening.", RESOLVED, CREATED, UNKNOWN),),
    parameters=(Parameter("window_days", DAYS, "days of 24 hours", "how soon it must be resolved to count"),),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "Resolved at once, on the seventh day and a second after it; one never",
            (
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-09T09:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-09T09:00:01Z"},
                {"opened_at": "2026-03-02T09:00Z"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(0.5, 2, 4, 4)},
        ),
        Example(
            "What was opened in February counts there, though it is resolved in March: no more than all are resolved",
            (
                {"opened_at": "2026-02-27T09:00Z", "resolved_at": "2026-03-01T09:00Z"},
                {"opened_at": "2026-02-27T09:00Z", "resolved_at": "2026-03-01T09:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "resolved_at": "2026-03-02T10:00Z"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(1.0, 1, 1, 1)},
        ),
        Example(
            "Opened again within the week, so it was resolved before; opened again later, nobody knows",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "reopened_at": "2026-03-05T09:00Z",
                    "resolved_at": "2026-03-20T09:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "reopened_at": "2026-03-15T09:00Z",
                    "resolved_at": "2026-03-20T09:00Z",
                },
                {"opened_at": "2026-03-02T09:00Z", "resolved": True},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(1.0, 1, 1, 1)},
        ),
    ),
)
