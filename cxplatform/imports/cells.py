"""Read a column's cells fast: most columns say the same few words over and over."""

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from cxplatform.imports.kinds import Column
from cxplatform.imports.text_types import Boolean, Choice, Path, Pattern

_WORDS = (Boolean, Choice, Path, Pattern)
_MOST_REMEMBERED = 10_000

ReadCells = Callable[[Sequence[str]], Sequence[Any]]


def cells_reader(column: Column, zone: ZoneInfo, default: Any) -> ReadCells:
    """Return what reads any cells of a column: an empty or blank one gives the default."""
    if isinstance(column.type, _WORDS):
        known = _Remembered(column.type.from_text, default)
        return lambda cells: list(map(known.__getitem__, cells))
    read = column.type.texts_reader(zone)
    if default is None:
        return read
    return lambda cells: [default if value is None else value for value in read(cells)]


class _Remembered(dict[str, Any]):
    """The values of the cells seen so far."""

    def __init__(self, from_text: Callable[[str], Any], default: Any) -> None:
        super().__init__({"": default})
        self._from_text = from_text
        self._default = default

    def __missing__(self, cell: str) -> Any:
        value = self._from_text(cell)
        if value is None:
            value = self._default
        if len(self) < _MOST_REMEMBERED:
            self[cell] = value
        return value
