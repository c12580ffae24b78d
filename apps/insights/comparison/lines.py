"""A line of what was read: rows that every definition treats alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sums:
    """What the values of some rows, their squares and their weights add up to; 0 for what is unknown."""

    values: float
    squares: float
    weights: float


@dataclass(frozen=True, slots=True)
class Line:
    """So many rows with the same outcome by every definition, and the same way to differ; sums are by definition."""

    codes: tuple[int, ...]
    differs: tuple[int, ...]
    rows: int
    sums: tuple[Sums, ...]

    @classmethod
    def of(cls, row: Sequence[Any], definitions: int) -> "Line":
        """Read a row of the tally."""
        numbers = [number or 0.0 for number in row[2 * definitions + 1 :]]
        sums = tuple(Sums(*numbers[3 * place : 3 * place + 3]) for place in range(definitions))
        return cls(tuple(row[:definitions]), tuple(row[definitions : 2 * definitions]), row[2 * definitions], sums)
