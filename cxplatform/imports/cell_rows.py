"""From many lines of cells to rows, column by column: what Python does once for a column, it does not do for a cell."""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from cxplatform.imports.cells import cells_reader
from cxplatform.imports.kinds import DEFAULT_SOURCE
from cxplatform.imports.problems import Problem, Refused
from cxplatform.imports.records import Record
from cxplatform.imports.rows import Row, RowReader


class CellRows:
    """Read lines of cells under one header, which has no problems."""

    def __init__(self, reader: RowReader, header: Sequence[str]) -> None:
        self._reader = reader
        self._header = header
        columns = reader.kind.columns
        self._columns = [cells_reader(columns[name], reader.zone, reader.defaults[name]) for name in header]

    def read(self, records: Sequence[Record]) -> list[Row | list[Problem]]:
        """Return a row, or what is wrong, for each record."""
        lines = [record.content for record in records if isinstance(record.content, list) and not record.suspect]
        if len(lines) == len(records):
            return self._lines(lines)
        return [self._record(record) for record in records]

    def _record(self, record: Record) -> Row | list[Problem]:
        if isinstance(record.content, Problem):
            return [record.content]
        assert isinstance(record.content, list)
        if record.suspect:
            return self._reader.problems_of(self._header, record.content)
        return self._lines([record.content])[0]

    def _lines(self, lines: Sequence[list[str]]) -> list[Row | list[Problem]]:
        """Read the lines, in halves where one of them has a problem, until it stands alone."""
        columns = self._read_columns(lines)
        if columns is not None:
            return [*self._rows(columns, len(lines))]
        if len(lines) == 1:
            return [self._reader.problems_of(self._header, lines[0])]
        half = len(lines) // 2
        return self._lines(lines[:half]) + self._lines(lines[half:])

    def _read_columns(self, lines: Sequence[list[str]]) -> dict[str, Sequence[Any]] | None:
        """Return the values by column, or None when a line has a problem."""
        cells = zip(*lines, strict=True)
        try:
            values = [read(its_cells) for read, its_cells in zip(self._columns, cells, strict=True)]
        except Refused:
            return None
        columns = dict(zip(self._header, values, strict=True))
        return None if any(_lacks_one(columns[name]) for name in self._reader.required) else columns

    def _rows(self, columns: dict[str, Sequence[Any]], count: int) -> list[Row]:
        nothing = [None] * count
        sources = columns.pop("source", None) or repeat(DEFAULT_SOURCE, count)
        external_ids = columns.pop("external_id", nothing)
        versions = columns.pop("version", nothing)
        own = zip(*columns.values(), strict=True) if columns else repeat((), count)
        values = [dict(zip(columns, row, strict=True)) for row in own]
        if _lacks_one(external_ids):
            digest = self._reader.digest
            external_ids = [given or digest(row) for given, row in zip(external_ids, values, strict=True)]
        return list(map(Row, sources, external_ids, versions, values))


def _lacks_one(values: Sequence[object]) -> bool:
    """Say whether a value is None; that all are true is seen at once, and what is not may be 0."""
    return not all(values) and None in values
