"""From lines to the number of one definition. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.insights.comparison.coded import Coded
from apps.insights.comparison.lines import Line
from apps.insights.comparison.rule import Standing
from apps.metrics.statistics.intervals import Interval, mean_t, wilson


@dataclass(frozen=True, slots=True)
class Counted:
    """So many rows for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a definition comes to; `value` is None where nothing is below the line. `sample_size` counts rows."""

    value: float | None
    numerator: float
    denominator: float
    sample_size: int
    interval: Interval | None
    left_out: Sequence[Counted]
    failing: Sequence[Counted]


def told(definition: Coded, place: int, lines: Iterable[Line]) -> Told:
    """Return the number that the definition at a place makes of the lines."""
    above, rows, values, squares, weights = 0, 0, 0.0, 0.0, 0.0
    reasons: Counter[tuple[Standing, str]] = Counter()
    for line in lines:
        outcome, sums = definition.outcomes[line.codes[place]], line.sums[place]
        if outcome.reason is not None:
            reasons[outcome.standing, outcome.reason] += line.rows
        if outcome.standing is Standing.LEFT_OUT:
            continue
        above += line.rows if outcome.standing is Standing.ABOVE else 0
        rows, values, squares = rows + line.rows, values + sums.values, squares + sums.squares
        weights += sums.weights
    numerator = float(above) if definition.value is None else values
    interval = wilson(above, rows) if definition.value is None else mean_t(rows, values, squares)
    return Told(
        numerator / weights if weights else None,
        numerator,
        weights,
        rows,
        interval if definition.weight is None else None,
        _of(Standing.LEFT_OUT, reasons),
        _of(Standing.BELOW, reasons),
    )


def _of(standing: Standing, reasons: Counter[tuple[Standing, str]]) -> list[Counted]:
    found = [Counted(reason, count) for (where, reason), count in reasons.items() if where is standing]
    return sorted(found, key=lambda each: (-each.count, each.reason))
