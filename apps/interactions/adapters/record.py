"""One record of a vendor's export, asked for what it holds; what it holds wrongly goes into the report."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from apps.interactions.adapters.moments import moment_of
from apps.interactions.adapters.report import Report

_YES, _NO = frozenset({"true", "t", "1", "yes"}), frozenset({"false", "f", "0", "no"})


class Record:
    """Cells by column, of a table or of an API's object, where `via.channel` reads channel of the object via.

    Every question may name several columns: the first that holds something answers. What cannot be read is None, and
    is reported.
    """

    __slots__ = ("_cells", "_report", "place", "table")

    def __init__(self, table: str, place: str, cells: Mapping[str, object], report: Report) -> None:
        self.table = table
        self.place = place
        self._cells = cells
        self._report = report
        report.see(table, (column for column, value in cells.items() if _holds(value)))

    def value(self, *columns: str) -> object:
        """Return what it holds as it is, None where that is nothing."""
        asked = self._report.asked.setdefault(self.table, set())
        for column in columns:
            asked.add(column if column in self._cells else column.partition(".")[0])
        return next((value for column in columns if _holds(value := self._look(column))), None)

    def text(self, *columns: str, most: int = 0) -> str | None:
        """Return it as text without blanks around it; cut, and reported, where it is longer than `most`."""
        value = self.value(*columns)
        if value is None:
            return None
        text = _written(value).strip()
        if most and len(text) > most:
            self.lose(columns[0], f"is longer than {most:,} characters: cut")
            return text[:most]
        return text

    def moment(self, *columns: str) -> datetime | None:
        value = self.value(*columns)
        if value is None:
            return None
        try:
            return moment_of(value)
        except (ValueError, TypeError, IndexError):
            self.lose(columns[0], "is no date and time", value)
            return None

    def number(self, *columns: str) -> float | None:
        value = self.value(*columns)
        if value is None:
            return None
        try:
            return float(_written(value))
        except ValueError:
            self.lose(columns[0], "is no number", value)
            return None

    def flag(self, *columns: str) -> bool | None:
        value = self.value(*columns)
        if value is None:
            return None
        word = _written(value).strip().lower()
        if word not in _YES | _NO:
            self.lose(columns[0], "is neither true nor false", value)
            return None
        return word in _YES

    def choice(self, words: Mapping[str, str], *columns: str, otherwise: str | None = None) -> str | None:
        """Translate a word, in any case; one that is not listed is reported and `otherwise`."""
        text = self.text(*columns)
        if text is None:
            return otherwise
        if (found := words.get(text.lower())) is None:
            what = "is not known here" if otherwise is None else f"is not known here: taken as {otherwise}"
            self.lose(columns[0], what, text)
        return otherwise if found is None else found

    def children(self, column: str, table: str) -> Iterator["Record"]:
        """Yield the objects of a list in this record as records of their own."""
        value = self.value(column)
        for child in value if isinstance(value, list) else []:
            if isinstance(child, Mapping):
                yield Record(table, self.place, child, self._report)
            else:
                self.lose(column, "is no object: left out", child)

    def lose(self, column: str, why: str, value: object = None) -> None:
        """Report something of this record that cannot be mapped."""
        self._report.lose(self.table, column, why, self.place, value)

    def _look(self, column: str) -> object:
        if column in self._cells:
            return self._cells[column]
        value: object = self._cells
        for name in column.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value


def _holds(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], {})


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
