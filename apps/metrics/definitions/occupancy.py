"""OCCUPANCY: how much of the time that agents are there for contacts they spend on them."""

from apps.metrics.definitions.facts.agent_time import AGENT_TIME
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_BUSY = "f.state IN ('ON_CONTACT', 'WRAP_UP')"
_THERE = "f.state IN ('ON_CONTACT', 'WRAP_UP', 'AVAILABLE')"
PIECES = Component("there.n", _THERE)
BUSY = Component("busy.sum", _THERE, f"CASE WHEN {_BUSY} THEN f.seconds ELSE 0 END")
THERE = Component("there.sum", _THERE, "f.seconds")

OCCUPANCY = Metric(
    key="OCCUPANCY",
    version=1,
    name="Occupancy",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.NEUTRAL,
    description="Share of the time in which agents are on contacts, wrap up or are available that they spend on"
    " contacts and wrapping up. Breaks and what is offline count on neither side. A stretch counts in every"
    " hour and day by the part of it that lies there, and once it has ended: a present one is not in it yet. Above 85 %"
    " for long is taken for a way to burn agents out, far below for too many of them. The sample is of quarters of an"
    " hour, or parts of them.",
    formula="(on contact + wrap-up) / (on contact + wrap-up + available)",
    source="COPC and Call Centre Helper, occupancy, as opposed to utilisation, which divides by paid hours.",
    fact=AGENT_TIME,
    variants=(Variant("STATES", "By the states agents were in.", BUSY, THERE, counted=PIECES),),
    examples=(
        Example(
            "An hour on contacts, a quarter wrapping up, three quarters available: 62.5 %, breaks or not",
            (
                {"state": "ON_CONTACT", "from_at": "2026-03-02T09:00Z", "to_at": "2026-03-02T10:00Z"},
                {"state": "WRAP_UP", "from_at": "2026-03-02T10:00Z", "to_at": "2026-03-02T10:15Z"},
                {"state": "AVAILABLE", "from_at": "2026-03-02T10:15Z", "to_at": "2026-03-02T11:00Z"},
                {"state": "BREAK", "from_at": "2026-03-02T11:00Z", "to_at": "2026-03-02T12:00Z"},
                {"state": "OFFLINE", "from_at": "2026-03-02T12:00Z", "to_at": "2026-03-03T09:00Z"},
            ),
            {"STATES": Answer(0.625, 4_500, 7_200, 8)},
        ),
        Example(
            "A stretch over the end of the month counts by its part in it; one that goes on not yet",
            (
                {"state": "ON_CONTACT", "from_at": "2026-03-31T23:50Z", "to_at": "2026-04-01T00:20Z"},
                {"state": "AVAILABLE", "from_at": "2026-03-31T23:40Z", "to_at": "2026-03-31T23:50Z"},
                {"state": "AVAILABLE", "from_at": "2026-04-01T00:20Z"},
            ),
            {"STATES": Answer(0.5, 600, 1_200, 3)},
        ),
    ),
)
