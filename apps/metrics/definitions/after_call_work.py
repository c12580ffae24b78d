"""AFTER_CALL_WORK: how long an agent works on after a contact."""

from apps.metrics.definitions.contacts import IS_ANSWERED
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_WITH_AGENT = "f.handled_by = 'HUMAN' AND NOT f.abandoned"
AFTER = Measure(
    "after_call",
    "f.after_call_seconds",
    f"{_WITH_AGENT} AND f.answered IS NOT FALSE AND f.after_call_seconds IS NOT NULL",
)
UNKNOWN = Component(
    "after_call.unknown",
    f"{IS_ANSWERED} AND f.handled_by = 'HUMAN' AND f.after_call_seconds IS NULL",
    reasons=(Reason("How long its agent worked on after it is unknown."),),
)

AFTER_CALL_WORK = Metric(
    key="AFTER_CALL_WORK",
    version=1,
    name="After-call work",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Mean time that an agent worked on after a contact. One that needed none counts as 0 s and is part of"
    " the mean; one of which it is unknown is left out. Contacts that a program handled have no agent, and abandoned"
    " or unanswered ones nobody worked on.",
    formula="sum(after-call work) / interactions with an agent whose after-call work is known",
    source="Genesys Cloud, average after-call work; ICMI. Systems that divide by the contacts with some after-call"
    " work alone tell a longer one.",
    fact=INTERACTION,
    variants=(
        mean_of("PER_INTERACTION", "Interactions with an agent, those without any work included.", AFTER, UNKNOWN),
    ),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "60 s, 30 s and none at all: a mean of 30 s, not of 45 s",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "after_call_seconds": 60},
                {"opened_at": "2026-03-02T10:00Z", "answered": True, "after_call_seconds": 30},
                {"opened_at": "2026-03-02T11:00Z", "answered": True, "after_call_seconds": 0},
            ),
            {"PER_INTERACTION": Answer(30, 90, 3, 3)},
        ),
        Example(
            "A bot's contact, an abandoned one and one of which it is unknown are not part of it",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "after_call_seconds": 20, "handled_by": "BOT"},
                {"opened_at": "2026-03-02T10:00Z", "abandoned": True, "after_call_seconds": 20},
                {"opened_at": "2026-03-02T11:00Z", "answered": True},
            ),
            {"PER_INTERACTION": Answer(None, 0, 0, 0)},
        ),
    ),
)
