"""SERVICE_LEVEL: the share of contacts answered within the target."""

from apps.metrics.definitions.abandonment import SHORT
from apps.metrics.definitions.contacts import IS_OFFERED_ABANDONED, IS_OFFERED_ANSWERED, IS_SHORT
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, rate
from apps.metrics.definitions.speed_of_answer import UNKNOWN, WAIT
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

TARGET_SECONDS = 20

# Whether an answer with an unknown wait was in time is unknown: it is left out rather than called a miss.
_JUDGED = f"({WAIT.where}) OR ({IS_OFFERED_ABANDONED})"
WITHIN = Component("within_target", f"{IS_OFFERED_ANSWERED} AND f.wait_seconds <= {TARGET_SECONDS}")
JUDGED = Component("judged", _JUDGED)
JUDGED_NOT_SHORT = Component("judged_not_short", f"({_JUDGED}) AND ({IS_SHORT}) IS NOT TRUE")

SERVICE_LEVEL = Metric(
    key="SERVICE_LEVEL",
    version=2,
    name="Service level",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description=f"Share of offered contacts answered within {TARGET_SECONDS} seconds. Offered are inbound contacts"
    " that were answered or abandoned. How abandoned contacts count changes the number by ten points, so it"
    " is part of the question: see the variants.",
    formula="answered within 20 s / (answered + abandoned)",
    source="Genesys Cloud, configure the service level calculation.",
    fact=INTERACTION,
    variants=(
        rate("ALL_OFFERED", "Every abandoned contact is a miss.", WITHIN, JUDGED, UNKNOWN),
        rate("SHORT_EXCLUDED", "Short abandons are left out.", WITHIN, JUDGED_NOT_SHORT, UNKNOWN),
        rate("ABANDONS_EXCLUDED", "All abandoned contacts are left out.", WITHIN, WAIT.size, UNKNOWN),
    ),
    parameters=(
        Parameter("target_seconds", TARGET_SECONDS, "seconds", "answered within this is in time"),
        SHORT,
    ),
    examples=(
        Example(
            "Answered after 20 s and 21 s, abandoned after 4 s and 30 s",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "wait_seconds": 20},
                {"opened_at": "2026-03-02T10:00Z", "answered": True, "wait_seconds": 21},
                {"opened_at": "2026-03-02T11:00Z", "answered": False, "abandoned": True, "wait_seconds": 4},
                {"opened_at": "2026-03-02T12:00Z", "answered": False, "abandoned": True, "wait_seconds": 30},
            ),
            {
                "ALL_OFFERED": Answer(0.25, 1, 4, 4),
                "SHORT_EXCLUDED": Answer(1 / 3, 1, 3, 3),
                "ABANDONS_EXCLUDED": Answer(0.5, 1, 2, 2),
            },
        ),
        Example(
            "An answer whose wait is unknown is neither in time nor late; our own calls are not offered",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "wait_seconds": 0},
                {"opened_at": "2026-03-02T10:00Z", "answered": True},
                {"opened_at": "2026-03-02T11:00Z", "direction": "OUTBOUND", "answered": True, "wait_seconds": 40},
                {"opened_at": "2026-03-02T12:00Z", "direction": "OUTBOUND", "abandoned": True, "wait_seconds": 40},
            ),
            {
                "ALL_OFFERED": Answer(1.0, 1, 1, 1),
                "SHORT_EXCLUDED": Answer(1.0, 1, 1, 1),
                "ABANDONS_EXCLUDED": Answer(1.0, 1, 1, 1),
            },
        ),
    ),
)
