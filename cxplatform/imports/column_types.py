"""What a column's cells may be: how text (CSV) and values (NDJSON, commands) become what the database holds.

A type's `from_text` gets a cell that is not empty; `from_value` anything but None. Both return the value, or None for
nothing (a cell of blanks), and raise Refused. Neither looks at characters that no column can hold: readers do for
text that is suspect, `from_value` does itself.

`from_texts` reads many cells of a column at once, empty ones among them, and says what `from_text` says of each; it
is there to be fast. Where one is refused it may raise for another one first.
"""

from collections.abc import Callable, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from cxplatform.imports.jsontext import NumberText
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import storable


class ColumnType(Protocol):
    """Turn one cell into a value; `zone` is the brand's, for instants without an offset."""

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], object]: ...

    def texts_reader(self, zone: ZoneInfo) -> Callable[[Sequence[str]], Sequence[object]]: ...

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], object]: ...


class PlainType:
    """A type that does not care where the brand is."""

    def from_text(self, cell: str) -> object:
        raise AssertionError(cell)

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        return [self.from_text(cell) if cell else None for cell in cells]

    def from_value(self, value: object) -> object:
        """Take text as a cell's text."""
        if isinstance(value, NumberText) or not isinstance(value, str):
            raise Refused(Code.INVALID_TYPE, "must be text")
        return self.from_text(storable(value)) if value else None

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], object]:
        return self.from_text

    def texts_reader(self, zone: ZoneInfo) -> Callable[[Sequence[str]], Sequence[object]]:
        return self.from_texts

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], object]:
        return self.from_value
