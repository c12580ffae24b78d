"""One row of an export, in either format, as a mapping sees it."""

import json
from collections.abc import Mapping
from typing import Protocol


class Row(Protocol):
    """Cells by column; `wrong_width` says what is wrong with a row that has other cells than the header."""

    wrong_width: str

    @property
    def cells(self) -> Mapping[str, object]: ...

    def __getitem__(self, column: str, /) -> str: ...


class CsvRow(dict[str, str]):
    """A row's cells by the header's names.

    Exports end in totals, notes and other sheets: such rows are judged by the conditions first, missing cells empty.
    """

    wrong_width = ""

    @property
    def cells(self) -> Mapping[str, object]:
        return self

    def __missing__(self, column: str) -> str:
        return ""


class JsonRow:
    """An object's fields as text; `a.b` reads b of the object a, and what is not there is empty."""

    wrong_width = ""

    def __init__(self, fields: dict[str, object]) -> None:
        self.cells: Mapping[str, object] = fields

    def __getitem__(self, column: str) -> str:
        value: object = self.cells
        for name in (column,) if column in self.cells else column.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
