"""Read an export row by row in bounded memory."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cxplatform.imports.lines import MOST_LINE_BYTES
from cxplatform.imports.mapping.mapping import Reading
from cxplatform.imports.mapping.problems import MappingError, RowError
from cxplatform.imports.mapping.row import CsvRow, JsonRow

_GZIP = b"\x1f\x8b"


@contextmanager
def open_export(path: Path) -> Iterator[BinaryIO]:
    """Open an export, gzipped or not, whatever it is called."""
    with path.open("rb") as file:
        zipped = file.peek(2)[:2] == _GZIP
        yield gzip.GzipFile(fileobj=file) if zipped else file  # type: ignore[misc]  # a GzipFile reads like a file


def read_csv(file: BinaryIO, reading: Reading, needed: set[str]) -> Iterator[tuple[int, CsvRow | RowError]]:
    """Yield the rows under their header. Raises: MappingError when a needed column is not in it."""
    csv.field_size_limit(MOST_LINE_BYTES)
    lines = _Lines(file, reading)
    header: list[str] | None = None
    for line, cells in _records(lines, reading.delimiter):
        if isinstance(cells, RowError):
            yield line, cells
        elif header is None:
            header = _header(cells, needed)
        else:
            row = CsvRow(zip(header, cells, strict=False))
            if len(cells) != len(header):
                row.wrong_width = f"has {len(cells)} cells where the header has {len(header)}"
            yield line, row
    if header is None:
        raise MappingError("", "the export is empty")


def read_ndjson(file: BinaryIO, reading: Reading) -> Iterator[tuple[int, JsonRow | RowError]]:
    """Yield one row a line; blank lines are none."""
    for line in (lines := _Lines(file, reading)):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except ValueError as error:
            yield lines.number, RowError("", f"is not JSON: {error}")
            continue
        good = isinstance(fields, dict)
        yield lines.number, JsonRow(fields) if good else RowError("", "is not a JSON object")


class _Lines:
    """The text's lines and the number of the one given last."""

    def __init__(self, file: BinaryIO, reading: Reading) -> None:
        # Bytes that are not UTF-8 go through as they are: the import rejects just that line.
        strictness = "surrogateescape" if reading.encoding.lower().startswith("utf-8") else "strict"
        self._text = io.TextIOWrapper(file, encoding=reading.encoding, errors=strictness, newline="")
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(MOST_LINE_BYTES + 1)
        except UnicodeDecodeError as error:
            raise MappingError("export.encoding", f"does not fit line {self.number + 1}: {error.reason}") from None
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > MOST_LINE_BYTES:
            raise MappingError("", f"line {self.number} is longer than {MOST_LINE_BYTES:,} characters")
        return line


def _records(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | RowError]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            lost = f" (up to line {lines.number})" if lines.number > first else ""
            yield first, RowError("", f"cannot be read{lost}: {error}")
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if cells:
            yield first, cells


def _header(cells: list[str], needed: set[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    for column in sorted(needed):
        if header.count(column) != 1:
            found = "not in" if column not in header else "more than once in"
            raise MappingError("", f"column {column!r} is {found} the header: {', '.join(header)}")
    return header
