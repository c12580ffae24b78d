"""Does good service make up for a bad journey? Recommendation by the quality of both, two by two. Pure."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from apps.metrics.statistics.comparisons import two_sided
from apps.metrics.statistics.intervals import LEVEL, Interval, Z, adjusted_wald_nps

# A cell of fewer answers is told, and has no part in what both do together.
FEWEST_ANSWERS = 10


class Answers(NamedTuple):
    """Of so many answers, how many are promoters' and detractors'."""

    promoters: int
    detractors: int
    of: int

    @property
    def nps(self) -> float | None:
        return 100 * (self.promoters - self.detractors) / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        return adjusted_wald_nps(self.promoters, self.detractors, self.of)

    @property
    def squared_error(self) -> float:
        """Return the square of its standard error in points, as the adjusted interval has it."""
        n = self.of + 3
        promoting, detracting = (self.promoters + 0.75) / n, (self.detractors + 0.75) / n
        return 10_000 * (promoting + detracting - (promoting - detracting) ** 2) / n


NO_ANSWERS = Answers(0, 0, 0)


class Effect(NamedTuple):
    """A difference of scores, in points, with its interval and p-value."""

    points: float
    interval: Interval
    p_value: float


# Whether the journey went well, and whether the service did.
Cell = tuple[bool, bool]
CELLS: tuple[Cell, ...] = ((True, True), (True, False), (False, True), (False, False))


def of_service(cells: Mapping[Cell, Answers], *, journey: bool) -> Effect | None:
    """Return what good service adds to bad on a journey of one quality; None for too few answers."""
    return _effect(cells, {(journey, True): 1, (journey, False): -1})


def interaction(cells: Mapping[Cell, Answers]) -> Effect | None:
    """Return by how much more good service adds on a good journey than on a bad one; None for too few answers."""
    return _effect(cells, {(True, True): 1, (True, False): -1, (False, True): -1, (False, False): 1})


def difference(first: Answers, second: Answers) -> Effect | None:
    """Return by how much the first recommend more than the second; None for too few answers."""
    return _effect({(True, True): first, (False, False): second}, {(True, True): 1, (False, False): -1})


def _effect(cells: Mapping[Cell, Answers], signs: Mapping[Cell, int]) -> Effect | None:
    points = error = 0.0
    for cell, sign in signs.items():
        answers = cells.get(cell)
        if answers is None or answers.of < FEWEST_ANSWERS or answers.nps is None:
            return None
        points += sign * answers.nps
        error += answers.squared_error
    reach = Z * math.sqrt(error)
    interval = Interval(points - reach, points + reach, LEVEL, "DIFFERENCE_OF_ADJUSTED_WALD_NPS")
    return Effect(points, interval, two_sided(points / math.sqrt(error)))
