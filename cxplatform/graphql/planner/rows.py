"""Rows as a plan reads them: tuples, looked at by column."""

from collections.abc import Sequence
from typing import Any

Row = tuple[Any, ...]


class NotPlanned(Exception):
    """A selection, or a value found, that only the ordinary way can answer."""


class Rows:
    """Some rows of one table; `names` are the columns that were read."""

    __slots__ = ("_columns", "count", "names", "tuples")

    def __init__(self, names: Sequence[str], tuples: Sequence[Row]) -> None:
        self.names = names
        self.count = len(tuples)
        self.tuples = tuples
        columns: Sequence[Sequence[Any]] = list(zip(*tuples, strict=True)) if tuples else [()] * len(names)
        self._columns = dict(zip(names, columns, strict=True))

    def column(self, name: str) -> Sequence[Any]:
        return self._columns[name]

    def keys(self, names: Sequence[str]) -> Sequence[Row]:
        """Read several columns as one key a row; no columns give the same empty key to all."""
        if not names:
            return [()] * self.count
        return list(zip(*(self._columns[name] for name in names), strict=True))
