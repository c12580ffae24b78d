"""Read cells fast: most columns say the same few words over and over."""

from collections.abc import Callable
from typing import Any

from cxplatform.imports.kinds import Column
from cxplatform.imports.text_types import Boolean, Choice, Key, Path, Pattern

_WORDS = (Boolean, Choice, Key, Path, Pattern)
_MOST_REMEMBERED = 10_000


def cell_reader(column: Column, from_text: Callable[[str], Any], default: Any) -> Callable[[str], Any]:
    """Return what reads any cell of a column: an empty or blank one gives the default."""
    if isinstance(column.type, _WORDS) and column.name != "external_id":
        return _Remembered(from_text, default).__getitem__

    def read(cell: str) -> Any:
        if not cell:
            return default
        value = from_text(cell)
        return default if value is None else value

    return read


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
