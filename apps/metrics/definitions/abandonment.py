"""ABANDONMENT: the share of offered contacts whose customer gave up."""

from apps.metrics.definitions.contacts import (
    ABANDONED,
    ABANDONED_NOT_SHORT,
    OFFERED,
    OFFERED_NOT_SHORT,
    SHORT_ABANDON_SECONDS,
)
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Parameter, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

SHORT = Parameter("short_abandon_seconds", SHORT_ABANDON_SECONDS, "seconds", "waits up to this long are short abandons")

ABANDONMENT = Metric(
    key="ABANDONMENT",
    version=2,
    name="Abandonment",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.LOWER_IS_BETTER,
    description="Share of offered contacts (inbound, answered or abandoned) whose customer gave up before an answer.",
    formula="abandoned / (answered + abandoned)",
    source="Genesys Cloud, abandon rate; Amazon Connect data lake, reference queries.",
    fact=INTERACTION,
    variants=(
        rate("ALL_OFFERED", "Short abandons count like any other.", ABANDONED, OFFERED),
        rate(
            "SHORT_EXCLUDED",
            "Short abandons are left out above and below the line.",
            ABANDONED_NOT_SHORT,
            OFFERED_NOT_SHORT,
        ),
    ),
    parameters=(SHORT,),
    examples=(
        Example(
            "Two answered, one gave up after 60 s, one after 5 s",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "wait_seconds": 10},
                {"opened_at": "2026-03-02T10:00Z", "answered": True, "wait_seconds": 3},
                {"opened_at": "2026-03-02T11:00Z", "answered": False, "abandoned": True, "wait_seconds": 60},
                {"opened_at": "2026-03-02T12:00Z", "answered": False, "abandoned": True, "wait_seconds": 5},
            ),
            {"ALL_OFFERED": Answer(0.5, 2, 4, 4), "SHORT_EXCLUDED": Answer(1 / 3, 1, 3, 3)},
        ),
        Example(
            "An e-mail that nobody offered to a queue is neither, nor are our own calls; an unknown wait is not short",
            (
                {"opened_at": "2026-03-02T09:00Z", "channel": "EMAIL"},
                {"opened_at": "2026-03-02T10:00Z", "abandoned": True},
                {"opened_at": "2026-03-02T11:00Z", "direction": "OUTBOUND", "answered": True},
                {"opened_at": "2026-03-02T12:00Z", "direction": "OUTBOUND", "abandoned": True},
            ),
            {"ALL_OFFERED": Answer(1.0, 1, 1, 1), "SHORT_EXCLUDED": Answer(1.0, 1, 1, 1)},
        ),
    ),
)
