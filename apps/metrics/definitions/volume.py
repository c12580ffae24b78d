"""VOLUME: how many interactions were opened."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

OPENED = Component("opened")

VOLUME = Metric(
    key="VOLUME",
    version=1,
    name="Volume",
    family=Family.SERVICE,
    unit=Unit.COUNT,
    direction=Direction.NEUTRAL,
    description="Interactions opened in the window, of every channel and direction, answered or not. Held against"
    " another window, the number differs by more than chance if so many an hour do: a window that still runs"
    " counts its hours up to now.",
    formula="number of interactions opened",
    source="Count of contacts by the moment they were opened.",
    fact=INTERACTION,
    variants=(Variant("OPENED", "All interactions.", OPENED, None, Method.POISSON, (OPENED,)),),
    examples=(
        Example(
            "An abandoned call and an outbound mail are contacts too",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True},
                {"opened_at": "2026-03-02T10:00Z", "abandoned": True},
                {"opened_at": "2026-03-03T09:00Z", "channel": "EMAIL", "direction": "OUTBOUND"},
            ),
            {"OPENED": Answer(3, 3, None, 3)},
        ),
        Example(
            "What was opened before the window is not counted, nor is what is opened at its end",
            (
                {"opened_at": "2026-02-28T23:59:59Z"},
                {"opened_at": "2026-03-01T00:00Z"},
                {"opened_at": "2026-04-01T00:00Z"},
            ),
            {"OPENED": Answer(1, 1, None, 1)},
        ),
    ),
)
