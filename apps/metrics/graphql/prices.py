"""What metric fields cost, by the sums they read and the numbers they make of them.

Read from the arguments as they were sent; those that make no sense are refused later, so here they only must not fail.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from apps.metrics.buckets import MOST_BUCKETS
from apps.metrics.windows import LONGEST_YEARS
from cxplatform.graphql.prices import Arguments, Price

# One number, whatever its window.
_A_NUMBER: Final = 10
_DAYS_A_POINT = 30
_CELLS_A_POINT = 25
# A breakdown reads a day of every value of its dimension, of which there may be many.
_GROUPED_DAYS_A_POINT = 5
_USUAL_TOP = 10
_MOST_GROUPS = 52
_LONGEST_DAYS = 366.0 * LONGEST_YEARS
_HOURS_OF_GRAIN = {"HOUR": 1, "DAY": 24, "WEEK": 168, "MONTH": 720, "QUARTER": 2160}


def _one(arguments: Arguments) -> float:
    compared = 2 if arguments.get("compareTo") else 1
    return compared * (_A_NUMBER + days_of(arguments) / _DAYS_A_POINT)


def _keys(arguments: Arguments) -> float:
    keys = arguments.get("keys")
    return len(keys) if isinstance(keys, list) else 1


def _series(arguments: Arguments) -> float:
    hours = _HOURS_OF_GRAIN.get(str(arguments.get("grain")), 1)
    buckets = min(days_of(arguments) * 24 / hours + 1, MOST_BUCKETS)
    cells = buckets * (_groups(arguments) if arguments.get("groupBy") else 1)
    return _one(arguments) + cells / _CELLS_A_POINT


def _breakdown(arguments: Arguments) -> float:
    compared = 2 if arguments.get("compareTo") else 1
    return _one(arguments) + compared * (days_of(arguments) / _GROUPED_DAYS_A_POINT + _groups(arguments) / 2)


def _heatmap(arguments: Arguments) -> float:
    return _one(arguments) + days_of(arguments) / _GROUPED_DAYS_A_POINT


def _groups(arguments: Arguments) -> float:
    """Tell how many groups there may be: those that are shown, the rows without a value, the rest."""
    top = arguments.get("top")
    return min(max(top, 1) + 2, _MOST_GROUPS) if isinstance(top, int | float) else _USUAL_TOP + 2


def days_of(arguments: Arguments) -> float:
    """Tell how long the window is; one that cannot be read is as long as any may be."""
    window: Any = arguments.get("window")
    try:
        span = datetime.fromisoformat(window["to"]) - datetime.fromisoformat(window["from"])
    except (TypeError, KeyError, ValueError, OverflowError):
        return _LONGEST_DAYS
    return min(max(span / timedelta(days=1), 0.0), _LONGEST_DAYS)


A_VALUE: Final = Price(_one)
VALUES: Final = Price(lambda arguments: _keys(arguments) * _one(arguments), times=_keys)
A_SERIES: Final = Price(_series)
A_HEATMAP: Final = Price(_heatmap)
RECORDS: Final = Price(_heatmap, pages=True)
A_BREAKDOWN: Final = Price(_breakdown, times=_groups)
# A number more for each one above it.
A_GUARD_RAIL: Final = Price(2 * _A_NUMBER)
