"""BACKLOG: how many interactions are open at a moment."""

from apps.metrics.definitions.facts.moves import MOVES
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

STARTED = Component("moves.started", "NOT f.closed")
OPENED = Component("moves.opened", "f.opened")
REOPENED = Component("moves.reopened", "f.reopened")
CLOSED = Component("moves.closed", "f.closed")


def _moved(key: str, description: str, counted: Component) -> Variant:
    return Variant(key, description, counted, None, Method.POISSON, (counted,))


BACKLOG = Metric(
    key="BACKLOG",
    version=1,
    name="Backlog",
    family=Family.SERVICE,
    unit=Unit.COUNT,
    direction=Direction.LOWER_IS_BETTER,
    description="Interactions open at the end of the window, or of each bucket of a series, whenever they were opened:"
    " opened or opened again before it and neither resolved nor closed by then. The backlog at one moment is that at"
    " an earlier one, and what was opened and opened again between, less what was closed: the other variants count"
    " these. What was opened again without a word of when it had been closed before counts as open all along. What ends"
    " by itself (on the phone, in person, without anybody's help, by being abandoned) and what is resolved without a"
    " word of when is never in it, unless its source says that it is not resolved. A bucket that has not begun yet has"
    " none.",
    formula="opened + opened again - closed, of all time up to the end",
    source="Zendesk takes its backlog once a day, in the hour before midnight, and not by the hour; this one is counted"
    " from the moments themselves.",
    fact=MOVES,
    variants=(
        Variant("OPEN", "Open at the end.", STARTED, None, subtracted=CLOSED, stock=True),
        _moved("OPENED", "Opened in the window.", OPENED),
        _moved("REOPENED", "Times something was opened again in the window.", REOPENED),
        _moved("CLOSED", "Times something was resolved or closed in the window.", CLOSED),
    ),
    examples=(
        Example(
            "One is left from February; of two in March one is closed; April's does not count yet",
            (
                {"opened_at": "2026-02-10T09:00Z", "channel": "EMAIL"},
                {"opened_at": "2026-02-10T09:00Z", "channel": "EMAIL", "resolved_at": "2026-02-11T09:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "channel": "EMAIL"},
                {"opened_at": "2026-03-02T09:00Z", "channel": "EMAIL", "closed_at": "2026-03-31T23:59Z"},
                {"opened_at": "2026-04-01T00:00Z", "channel": "EMAIL"},
            ),
            {
                "OPEN": Answer(2, 2, None, 2),
                "OPENED": Answer(2, 2, None, 2),
                "REOPENED": Answer(None, 0, None, 0),
                "CLOSED": Answer(1, 1, None, 1),
            },
        ),
        Example(
            "Opened again it is open again; without a word of its being closed before it is open once, not twice",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "channel": "EMAIL",
                    "resolved_at": "2026-03-03T09:00Z",
                    "reopened_at": "2026-03-04T09:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "channel": "EMAIL",
                    "reopened_at": "2026-03-04T09:00Z;2026-03-05T09:00Z",
                    "resolved_at": "2026-04-02T09:00Z",
                },
            ),
            {
                "OPEN": Answer(2, 2, None, 2),
                "OPENED": Answer(2, 2, None, 2),
                "REOPENED": Answer(3, 3, None, 3),
                "CLOSED": Answer(3, 3, None, 3),
            },
        ),
        Example(
            "A call is over when it ends, unless it is said not to be resolved",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True},
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "resolved": False},
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "abandoned": True},
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "resolved": True},
            ),
            {
                "OPEN": Answer(1, 1, None, 1),
                "OPENED": Answer(4, 4, None, 4),
                "REOPENED": Answer(None, 0, None, 0),
                "CLOSED": Answer(3, 3, None, 3),
            },
        ),
    ),
)
