"""Whether an hour is busier than its like: against the same hour of the week in the weeks before. Pure.

Counts are put on a scale on which chance alone spreads every one of them alike (Anscombe's square root), and held
against the median of their like, so that a surge or a holiday among these does not hide the next one. How far they
spread more than chance would is read off all hours together, by the median absolute deviation.
Source: Anscombe, The Transformation of Poisson, Binomial and Negative-Binomial Data (1948); Iglewicz and Hoaglin, How
to Detect and Handle Outliers (1993), for the deviation.
"""

import math
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

# How far above its like, in standard deviations, an hour is a surge; docs/insights.md tells how often chance alone is.
THRESHOLD = 4.0
# Fewer weeks tell too little of what is usual.
FEWEST_WEEKS = 4
_NORMAL = 1.4826


class Hour(NamedTuple):
    """How many came in an hour, and in the same one of each of the weeks before."""

    came: float
    like: Sequence[float]


class Judged(NamedTuple):
    """What was usual, and how many standard deviations above it an hour is."""

    expected: float
    z: float


def judge(hours: Sequence[Hour]) -> list[Judged]:
    """Judge hours, which must have as many weeks before each; all of a spell tell how far counts spread."""
    usual = [median(hour.like) for hour in hours]
    spread = _spread(hours, usual)
    return [
        Judged(expected, (_scaled(hour.came) - _scaled(expected)) / (spread * _uncertain(len(hour.like))))
        for hour, expected in zip(hours, usual, strict=True)
    ]


def _scaled(count: float) -> float:
    return 2 * math.sqrt(count + 3 / 8)


def _spread(hours: Sequence[Hour], usual: Sequence[float]) -> float:
    """Return the standard deviation of counts around what is usual, no less than that of chance alone."""
    apart = [
        abs(_scaled(count) - _scaled(expected))
        for hour, expected in zip(hours, usual, strict=True)
        if expected > 0
        for count in hour.like
    ]
    if not apart:
        return 1.0
    weeks = len(hours[0].like)
    return max(1.0, _NORMAL * median(apart) * math.sqrt(weeks / (weeks - 1)))


def _uncertain(weeks: int) -> float:
    """Return by how much the median of so many weeks, itself drawn by chance, adds to the spread."""
    return math.sqrt(1 + math.pi / (2 * weeks))
