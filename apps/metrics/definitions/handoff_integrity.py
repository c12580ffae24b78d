"""HANDOFF_INTEGRITY: the share of hand-offs at which nothing was lost."""

from collections.abc import Iterable
from itertools import chain

from apps.metrics.definitions.facts.handoff import ACCEPT_SECONDS, HANDOFF, PROMISE_DAYS
from apps.metrics.definitions.metric import Answer, Cell, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, Variant, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

# What is asked of a hand-off, each with why nobody may know the answer.
_ASKED = {
    "in_time": (Reason("Nobody has accepted it, and the time for that is not over.", "f.in_time IS NULL"),),
    "with_context": (Reason("Nobody says whether all that was known was handed on.", "f.with_context IS NULL"),),
    "asked_once": (Reason("Nobody says whether the customer was asked again.", "f.asked_once IS NULL"),),
    "kept": (
        Reason("It names no promise, nor says whether one was kept.", "f.kept IS NULL AND f.promise IS NULL"),
        Reason("What became of its promise is not known.", "f.kept IS NULL"),
    ),
}
_ALL = " AND ".join(f"f.{name}" for name in _ASKED)
_KNOWN = " AND ".join(f"f.{name} IS NOT NULL" for name in _ASKED)


def _unknown(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Give these reasons, of which the last holds for whatever is left."""
    *all_but_last, last = reasons
    return (*all_but_last, Reason(last.text))


INTACT = Component("handoff.intact", _ALL)
KNOWN = Component("handoff.known", _KNOWN)
UNKNOWN = Component("handoff.unknown", f"NOT ({_KNOWN})", reasons=_unknown(chain(*_ASKED.values())))


def _one(key: str, description: str, name: str) -> Variant:
    held = Component(f"handoff.{name}", f"f.{name}")
    judged = Component(f"handoff.{name}.judged", f"f.{name} IS NOT NULL")
    unknown = Component(f"handoff.{name}.unknown", f"f.{name} IS NULL", reasons=_unknown(_ASKED[name]))
    return rate(key, description, held, judged, unknown)


_WHOLE: dict[str, Cell] = {
    "accepted_at": "2026-03-02T10:00Z",
    "context_passed": True,
    "question_repeated": False,
    "promise_kept": True,
}
_HANDED: dict[str, Cell] = {"handed_at": "2026-03-02T09:00Z", **_WHOLE}
_NOTHING = Answer(None, 0, 0, 0)
_ONE, _NONE = Answer(1.0, 1, 1, 1), Answer(0.0, 0, 1, 1)

HANDOFF_INTEGRITY = Metric(
    key="HANDOFF_INTEGRITY",
    version=1,
    name="Hand-off integrity",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of the hand-offs from department to department at which nothing was lost: accepted in time, with"
    " all that was known, without asking the customer again, and with the promise that came along kept. Of each"
    " hand-off the four are multiplied, so one that fails is a hand-off that failed. Left out is one of which any of"
    " the four is unknown: were only its failures counted, not knowing would make the share lower. What nobody accepts"
    " is late once it is due. Whether the promise was kept is what the hand-off says, else the first outcome of that"
    " promise to that customer after it.",
    formula="hand-offs at which all four held / hand-offs of which all four are known",
    source="Own definition: gap 4 of Parasuraman, Zeithaml and Berry, A Conceptual Model of Service Quality (1985).",
    fact=HANDOFF,
    variants=(
        rate("ALL_FOUR", "All four held.", INTACT, KNOWN, UNKNOWN),
        _one("ACCEPTED_IN_TIME", "Accepted in time.", "in_time"),
        _one("CONTEXT_PASSED", "All that was known was handed on.", "with_context"),
        _one("ASKED_ONCE", "The customer was not asked again.", "asked_once"),
        _one("PROMISE_KEPT", "The promise that came along was kept.", "kept"),
    ),
    parameters=(
        Parameter("accept_seconds", ACCEPT_SECONDS, "seconds", "how long accepting may take where nothing is said"),
        Parameter("promise_days", PROMISE_DAYS, "days", "how long after a hand-off an outcome of its promise counts"),
    ),
    examples=(
        Example(
            "Nothing lost; asked again; accepted a second late; nobody knows whether the promise was kept",
            (
                _HANDED,
                {**_HANDED, "question_repeated": True},
                {**_HANDED, "accepted_at": "2026-03-02T10:00:01Z", "accept_within_seconds": 3_600},
                {**_HANDED, "promise_kept": None},
            ),
            {
                "ALL_FOUR": Answer(1 / 3, 1, 3, 3), "ACCEPTED_IN_TIME": Answer(0.75, 3, 4, 4),
                "CONTEXT_PASSED": Answer(1.0, 4, 4, 4), "ASKED_ONCE": Answer(0.75, 3, 4, 4),
                "PROMISE_KEPT": Answer(1.0, 3, 3, 3),
            },
        ),
        Example(
            "Never accepted, and a day is long over",
            ({**_HANDED, "accepted_at": None},),
            {
                "ALL_FOUR": _NONE, "ACCEPTED_IN_TIME": _NONE, "CONTEXT_PASSED": _ONE, "ASKED_ONCE": _ONE,
                "PROMISE_KEPT": _ONE,
            },
        ),
        Example(
            "Of which nothing is known, but that it was accepted in time",
            ({"handed_at": "2026-03-02T09:00Z", "accepted_at": "2026-03-02T09:00Z"},),
            {
                "ALL_FOUR": _NOTHING, "ACCEPTED_IN_TIME": _ONE, "CONTEXT_PASSED": _NOTHING, "ASKED_ONCE": _NOTHING,
                "PROMISE_KEPT": _NOTHING,
            },
        ),
    ),
)  # fmt: skip
