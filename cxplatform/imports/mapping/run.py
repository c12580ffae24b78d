"""Map an export, row by row."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

from cxplatform.imports.mapping.exports import read_csv, read_ndjson
from cxplatform.imports.mapping.mapping import Mapping
from cxplatform.imports.mapping.problems import RowError
from cxplatform.imports.mapping.row import Row

_PROBLEMS_KEPT = 20


@dataclass
class Outcome:
    """What became of an export's rows, and the first problems: line and reason."""

    written: int = 0
    skipped: int = 0
    failed: int = 0
    problems: list[tuple[int, RowError]] = field(default_factory=list)


def map_export(mapping: Mapping, form: str, export: BinaryIO, out: TextIO) -> Outcome:
    """Write the mapped rows as CSV under the import's header; a row that cannot be mapped costs no other.

    Raises: MappingError when the export as a whole cannot be read.
    """
    outcome = Outcome()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in mapping.columns])
    for line, cells in mapped_rows(mapping, form, export):
        if isinstance(cells, RowError):
            outcome.failed += 1
            if len(outcome.problems) < _PROBLEMS_KEPT:
                outcome.problems.append((line, cells))
        elif cells is None:
            outcome.skipped += 1
        else:
            writer.writerow(cells)
            outcome.written += 1
    return outcome


def mapped_rows(mapping: Mapping, form: str, export: BinaryIO) -> Iterator[tuple[int, list[str] | RowError | None]]:
    """Yield each row's line with its cells in the order of the columns, what is wrong with it, or None if unwanted.

    Raises: MappingError when the export as a whole cannot be read.
    """
    for line, row in _rows(mapping, form, export):
        try:
            yield line, _cells(mapping, row)
        except RowError as problem:
            yield line, problem


def _rows(mapping: Mapping, form: str, export: BinaryIO) -> Iterator[tuple[int, Row | RowError]]:
    if form == "ndjson":
        yield from read_ndjson(export, mapping.reading)
    else:
        yield from read_csv(export, mapping.reading, mapping.sources)


def _cells(mapping: Mapping, row: Row | RowError) -> list[str] | None:
    if isinstance(row, RowError):
        raise row
    if not mapping.conditions.want(row):
        return None
    if row.wrong_width:
        raise RowError("", row.wrong_width)
    return [column.value(row) for column in mapping.columns]
