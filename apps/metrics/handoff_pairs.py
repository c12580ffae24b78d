"""At which hand-offs, from which department to which, most is lost. Runs inside the brand's door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apps.metrics import rows
from apps.metrics.asking import Ask
from apps.metrics.definitions.handoff_integrity import HANDOFF_INTEGRITY
from apps.metrics.definitions.parts import Component
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.figures import Figure, figures_of
from apps.metrics.filters import EVERYTHING, Where, check
from apps.metrics.statistics.intervals import Interval
from apps.metrics.windows import Window
from cxplatform.errors import BadInput

MOST_PAIRS: Final = 200
_ALL: Final = Component("handoff.all")
_WHOLE, *_ONES = HANDOFF_INTEGRITY.variants
_AXES: Final = (DimensionKey.FROM_DEPARTMENT, DimensionKey.TO_DEPARTMENT)
_PARTS: Final = tuple(dict.fromkeys([_ALL, *HANDOFF_INTEGRITY.components]))


@dataclass(frozen=True, slots=True)
class Checked:
    """How one of the four went, over the hand-offs of which it is known."""

    check: str
    share: float | None
    failed: int
    sample_size: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Party:
    """A department, as people know it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What one department handed to another: `intact` of `sample_size` were whole, of `handoffs` in all."""

    giver: Party
    taker: Party
    handoffs: int
    intact: int
    sample_size: int
    value: float | None
    interval: Interval | None
    checks: tuple[Checked, ...]

    @property
    def fails_most(self) -> str | None:
        """Return which of the four fails at the largest share; the first of equals, None where none fails."""
        failing = [each for each in self.checks if each.failed]
        return max(failing, key=lambda each: each.failed / each.sample_size).check if failing else None


@dataclass(frozen=True, slots=True)
class Pairs:
    """The worst pairs first; `too_few` are those that rest on fewer hand-offs than asked for."""

    pairs: tuple[Pair, ...]
    too_few: int


def handoff_pairs(window: Window, *, minimum: int, top: int, where: Where = EVERYTHING) -> Pairs:
    """Return the pairs of departments between which most is lost, straight from the rows. Raises: BadInput.

    The worst is the one whose share is at best the lowest: by the upper end of its interval, then by its value. Pairs
    of fewer than `minimum` hand-offs of which everything is known are counted, not told.
    """
    if minimum < 1:
        raise BadInput("At least one hand-off is needed to tell anything.", field="minimum")
    if not 1 <= top <= MOST_PAIRS:
        raise BadInput(f"1 to {MOST_PAIRS} pairs are told.", field="top")
    fact = HANDOFF_INTEGRITY.fact
    check(fact, where)
    found = rows.cells(Ask(fact, _PARTS, window.start, window.end, where=where), _AXES, EVERYTHING)
    enough = [cell for cell in found if figures_of(_WHOLE, _PARTS)(cell.sums).n >= minimum]
    parties = _parties({name for cell in enough for name in cell.names})
    pairs = sorted((_pair(cell, parties) for cell in enough), key=_rank)
    return Pairs(tuple(pairs[:top]), len(found) - len(enough))


def _pair(cell: rows.Cell, parties: dict[str, Party]) -> Pair:
    whole = figures_of(_WHOLE, _PARTS)(cell.sums)
    giver, taker = (parties[name] for name in cell.names)
    all_of_them = round(cell.sums[_PARTS.index(_ALL)])
    checks = tuple(_checked(variant.key, figures_of(variant, _PARTS)(cell.sums)) for variant in _ONES)
    return Pair(giver, taker, all_of_them, round(whole.numerator or 0), whole.n, whole.value, whole.interval, checks)


def _checked(key: str, figure: Figure) -> Checked:
    return Checked(key, figure.value, figure.n - round(figure.numerator or 0), figure.n, figure.interval)


def _parties(ids: set[str]) -> dict[str, Party]:
    dimension = HANDOFF_INTEGRITY.fact.dimension(DimensionKey.FROM_DEPARTMENT)
    assert dimension is not None, "hand-offs have departments"
    return {name: Party(*known) for name, known in rows.labels(dimension, sorted(ids)).items()}


def _rank(pair: Pair) -> tuple[float, float, Sequence[str]]:
    best = pair.interval.high if pair.interval else 1.0
    return best, pair.value or 0.0, (pair.giver.key, pair.taker.key)
