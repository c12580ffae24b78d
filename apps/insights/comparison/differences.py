"""Which rows a definition counts otherwise than ours, and why. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from apps.insights.comparison.coded import Coded
from apps.insights.comparison.figures import Told
from apps.insights.comparison.lines import Line
from apps.insights.comparison.rule import Standing


@dataclass(frozen=True, slots=True)
class Disagreement:
    """So many rows that ours puts here and theirs there, for a reason: of the one that turns them down, if either."""

    ours: Standing
    theirs: Standing
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a definition counts otherwise; `delta` is its value less ours, None without both."""

    delta: float | None
    agreeing: int
    only_ours: int
    only_theirs: int
    otherwise: int
    disagreements: Sequence[Disagreement]


def difference(definitions: Sequence[Coded], place: int, lines: Sequence[Line], known: Sequence[Told]) -> Difference:
    """Return how the definition at a place differs from ours, which is the first."""
    cells: Counter[tuple[Standing, Standing, str | None]] = Counter()
    for line in lines:
        ours, theirs = (definitions[each].outcomes[line.codes[each]].standing for each in (0, place))
        if {ours, theirs} != {Standing.LEFT_OUT}:
            codes = line.codes[0], line.codes[place], line.differs[place]
            cells[ours, theirs, why(definitions[0], definitions[place], codes)] += line.rows
    found = [
        Disagreement(ours, theirs, reason, count)
        for (ours, theirs, reason), count in cells.items()
        if reason is not None
    ]
    only_ours = sum(each.count for each in found if each.theirs is Standing.LEFT_OUT)
    only_theirs = sum(each.count for each in found if each.ours is Standing.LEFT_OUT)
    mine, other = known[0].value, known[place].value
    return Difference(
        None if mine is None or other is None else other - mine,
        cells.total() - sum(each.count for each in found),
        only_ours,
        only_theirs,
        sum(each.count for each in found) - only_ours - only_theirs,
        sorted(found, key=lambda each: (-each.count, each.ours, each.theirs, each.reason)),
    )


def why(ours: Coded, theirs: Coded, codes: tuple[int, int, int]) -> str | None:
    """Return why two definitions treat a row otherwise, None where they treat it alike.

    It is the reason of the one that turns the row down further: that keeps it out, or else below the line.
    """
    mine, other = ours.outcomes[codes[0]], theirs.outcomes[codes[1]]
    if mine.standing is other.standing:
        differs = mine.standing is Standing.ABOVE and codes[2] > 0
        return theirs.differences[codes[2] - 1] if differs else None
    return max(mine, other, key=lambda each: _DOWN.index(each.standing)).reason


_DOWN = (Standing.ABOVE, Standing.BELOW, Standing.LEFT_OUT)
