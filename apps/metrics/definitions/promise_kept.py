"""PROMISE_KEPT: the share of promises that were kept."""

from apps.metrics.definitions.facts.promise import PROMISE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Reason, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

KEPT = Component("promise.kept", "f.outcome = 'KEPT'")
JUDGED = Component("promise.judged", "f.outcome IN ('KEPT', 'BROKEN')")
UNKNOWN = Component(
    "promise.unknown",
    "f.outcome = 'UNKNOWN'",
    reasons=(
        Reason("Somebody looked into it and could not tell.", "f.decided_by = 'PERSON'"),
        Reason("Neither the event nor the promise's criterion tells, and nobody has said."),
    ),
)
BROKEN = Component("promise.broken", "f.outcome = 'BROKEN'")
REPAIRED = Component("promise.repaired", "f.outcome = 'BROKEN' AND f.repaired_at IS NOT NULL")

_MORNING = "2026-03-02T09:00Z"

PROMISE_KEPT = Metric(
    key="PROMISE_KEPT",
    version=1,
    name="Promises kept",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of the promises that were kept, of those of which it is known: by the event itself, by the"
    " promise's criterion or by what somebody said. One of which nothing tells is left out. Counted by the moment of"
    " what shows it, for the department that owned the touchpoint then.",
    formula="kept / (kept + broken)",
    source="SERVQUAL's reliability: performing the promised service (Parasuraman, Zeithaml and Berry, 1988).",
    fact=PROMISE,
    variants=(
        rate("KNOWN", "Promises of which it is known.", KEPT, JUDGED, UNKNOWN),
        rate("REPAIRED", "Of those that were broken, the share that somebody repaired.", REPAIRED, BROKEN),
    ),
    examples=(
        Example(
            "Two kept, one broken and repaired, one of which nobody knows",
            (
                {"occurred_at": _MORNING, "kept": "KEPT"},
                {"occurred_at": _MORNING, "kept": "KEPT"},
                {"occurred_at": _MORNING, "kept": "BROKEN", "repaired_at": "2026-03-03T09:00Z"},
                {"occurred_at": _MORNING, "kept": "UNKNOWN"},
            ),
            {"KNOWN": Answer(2 / 3, 2, 3, 3), "REPAIRED": Answer(1.0, 1, 1, 1)},
        ),
        Example(
            "Nobody knows of any",
            ({"occurred_at": _MORNING, "kept": "UNKNOWN"},),
            {"KNOWN": Answer(None, 0, 0, 0), "REPAIRED": Answer(None, 0, 0, 0)},
        ),
    ),
)
