"""What formulas need beyond + - * /: for a single number, and for a whole column of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import orjson

Floats = npt.NDArray[np.float64]
N = TypeVar("N", float, Floats)


@dataclass(frozen=True, slots=True)
class Arithmetic(Generic[N]):
    """The functions of one kind of number."""

    sqrt: Callable[[N], N]
    at_least: Callable[[N, float], N]
    at_most: Callable[[N, float], N]
    # Whether numbers exceed a bound, and what to take then and otherwise.
    above: Callable[[N, float, N, N], N]
    # The entry of a table for a number from 1 on; the last one beyond it.
    looked_up: Callable[[Sequence[float], N], N]


def _number_above(number: float, bound: float, then: float, otherwise: float) -> float:
    return then if number > bound else otherwise


def _column_above(column: Floats, bound: float, then: Floats, otherwise: Floats) -> Floats:
    return np.where(column > bound, then, otherwise)


def _number_looked_up(table: Sequence[float], number: float) -> float:
    return table[min(max(1, int(number)), len(table)) - 1]


def _column_looked_up(table: Sequence[float], column: Floats) -> Floats:
    return np.array(table)[np.clip(column, 1, len(table)).astype(np.int64) - 1]


OF_NUMBERS: Arithmetic[float] = Arithmetic(math.sqrt, max, min, _number_above, _number_looked_up)
OF_COLUMNS: Arithmetic[Floats] = Arithmetic(np.sqrt, np.maximum, np.minimum, _column_above, _column_looked_up)


def floats_of(text: str | None) -> Floats:
    """Read numbers with commas between, as PostgreSQL writes an array's; None is none of them.

    As JSON, which is read twice as fast; but JSON has no infinite numbers.
    """
    if text is None:
        return np.empty(0)
    try:
        return np.array(orjson.loads(f"[{text}]"), np.float64)
    except orjson.JSONDecodeError:
        return np.fromstring(text, np.float64, sep=",")
