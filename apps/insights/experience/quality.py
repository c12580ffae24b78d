"""Where a customer stands between service and experience: four quadrants, and how sure that is. Pure.

A side's quality is the mean of its signals, each the mean z of its items: how many of the brand's standard deviations
an item lies above the bar from which on it is good enough. A customer stands in a quadrant *beyond chance* where both
of its sides do: each is tested alone, and the larger p-value counts.
Source: METRICS 2.28; Berger, Multiparameter Hypothesis Testing and Acceptance Sampling (1982), for the larger of both.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from apps.metrics.statistics.comparisons import two_sided

# One-sided 95 %: how many standard errors from the bar a side must be to be there beyond chance.
SURE = 1.6448536269514722
# Nearer to the bar than this, in standard deviations, a side is neither good nor bad.
MARGIN = 0.25
# No single item says more than this.
FARTHEST = 3.0


class Quadrant(StrEnum):
    """What a customer was served like, and what it went through."""

    BOTH_GOOD = "BOTH_GOOD"
    BLIND_SPOT = "BLIND_SPOT"
    SERVICE_DRAG = "SERVICE_DRAG"
    BOTH_BAD = "BOTH_BAD"
    UNCLEAR = "UNCLEAR"


class Evidence(NamedTuple):
    """What one signal says of a customer: the mean z of so many items."""

    signal: str
    items: int
    z: float


class Quality(NamedTuple):
    """A side's quality in standard deviations above the bar, and its standard error."""

    z: float
    error: float

    @property
    def sureness(self) -> float:
        """Return how many standard errors it lies from the bar, on whichever side."""
        return abs(self.z) / self.error


def quality(evidence: Sequence[Evidence]) -> Quality | None:
    """Return a side's quality, every signal counting alike; None without any. An item's standard deviation is 1."""
    if not evidence:
        return None
    number = len(evidence)
    error = math.sqrt(sum(1 / each.items for each in evidence)) / number
    return Quality(sum(each.z for each in evidence) / number, error)


def quadrant(service: Quality, experience: Quality, margin: float = MARGIN) -> Quadrant:
    """Return where both sides put a customer."""
    if min(abs(service.z), abs(experience.z)) < margin:
        return Quadrant.UNCLEAR
    if service.z > 0:
        return Quadrant.BOTH_GOOD if experience.z > 0 else Quadrant.BLIND_SPOT
    return Quadrant.SERVICE_DRAG if experience.z > 0 else Quadrant.BOTH_BAD


def chance(service: Quality, experience: Quality) -> float:
    """Return the p-value of standing where it stands: the larger of those of both sides, each one-sided."""
    return two_sided(min(service.sureness, experience.sureness)) / 2


def is_sure(service: Quality, experience: Quality) -> bool:
    """Tell whether both sides are where they are beyond chance."""
    return min(service.sureness, experience.sureness) >= SURE
