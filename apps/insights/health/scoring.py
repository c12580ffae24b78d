"""From what is known of a customer to a score of 0 to 100 that tells why. Pure.

A score begins at 100; each part takes away up to its weight. The weights are this project's own: they add up to more
than 100 so that a few bad parts suffice, and none but having left empties the score alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FULL: Final = 100.0
# Over how many days is counted, and after how many without a sign somebody begins to be silent, and wholly is.
DAYS: Final = 90
SILENT_FROM, SILENT_BY = 90, 180
# With fewer answers, contacts and events there is nothing to say, unless it is known how likely it stays.
FEWEST: Final = 3

LOW_SCORES, REPEAT_CONTACTS, FAILED_TOUCHPOINTS = "LOW_SCORES", "REPEAT_CONTACTS", "FAILED_TOUCHPOINTS"
BROKEN_SLAS, LEAVING, SILENCE, CHURNED = "BROKEN_SLAS", "LEAVING", "SILENCE", "CHURNED"
WEIGHTS: Final = {
    LOW_SCORES: 25.0,
    REPEAT_CONTACTS: 20.0,
    FAILED_TOUCHPOINTS: 20.0,
    BROKEN_SLAS: 15.0,
    LEAVING: 25.0,
    SILENCE: 15.0,
    CHURNED: 100.0,
}
_A_REPEAT, _A_FAILURE, _A_HITCH, _AN_SLA = 5.0, 5.0, 2.0, 5.0
_BANDS: Final = ((80.0, "GOOD"), (60.0, "FAIR"), (40.0, "POOR"))
TOO_LITTLE: Final = "TOO_LITTLE_KNOWN"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer: counts of the last 90 days, and what holds now."""

    answers: int = 0
    low_answers: int = 0
    contacts: int = 0
    repeated: int = 0
    events: int = 0
    hitches: int = 0
    failures: int = 0
    broken_slas: int = 0
    p_alive: float | None = None
    silent_days: float | None = None
    churned: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score: what was found, None where it is unknown, what it takes away, and what it may at most."""

    key: str
    value: float | None
    cost: float
    weight: float


@dataclass(frozen=True, slots=True)
class Health:
    """A score with its parts; without one, why there is none."""

    score: float | None
    band: str | None
    reason: str | None
    parts: Sequence[Part]


def health_of(known: Known) -> Health:
    """Score a customer."""
    parts = _parts(known)
    if not known.churned and known.p_alive is None and known.answers + known.contacts + known.events < FEWEST:
        return Health(None, None, TOO_LITTLE, parts)
    score = round(max(0.0, FULL - sum(part.cost for part in parts)), 1)
    return Health(score, next((band for least, band in _BANDS if score >= least), "BAD"), None, parts)


def _parts(known: Known) -> list[Part]:
    low = known.low_answers / known.answers if known.answers else None
    troubled = _A_FAILURE * known.failures + _A_HITCH * known.hitches
    silent = None if known.silent_days is None else max(0.0, known.silent_days)
    return [
        _part(LOW_SCORES, low, WEIGHTS[LOW_SCORES] * (low or 0.0)),
        _part(REPEAT_CONTACTS, known.repeated if known.contacts else None, _A_REPEAT * known.repeated),
        _part(FAILED_TOUCHPOINTS, known.failures + known.hitches if known.events else None, troubled),
        _part(BROKEN_SLAS, known.broken_slas if known.contacts else None, _AN_SLA * known.broken_slas),
        _part(LEAVING, known.p_alive, 0.0 if known.p_alive is None else WEIGHTS[LEAVING] * (1 - known.p_alive)),
        _part(SILENCE, silent, WEIGHTS[SILENCE] * ((silent or 0.0) - SILENT_FROM) / (SILENT_BY - SILENT_FROM)),
        _part(CHURNED, float(known.churned), WEIGHTS[CHURNED] if known.churned else 0.0),
    ]


def _part(key: str, value: float | None, cost: float) -> Part:
    weight = WEIGHTS[key]
    return Part(key, None if value is None else float(value), round(min(max(cost, 0.0), weight), 1), weight)
