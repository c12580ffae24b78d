"""Rows as bytes of a file, a chunk at a time; and the workbook, which is made at one go of rows written before."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import orjson

from cxplatform.exports.cells import Cell, inert
from cxplatform.exports.models import ExportFormat

CONTENT_TYPES: Final = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.NDJSON: "application/x-ndjson",
}
# What a cell of a workbook can hold.
_LONGEST: Final = 32_767


def head(file_format: str, names: Sequence[str]) -> bytes:
    """Return what a file begins with."""
    return _csv([list(names)]) if file_format == ExportFormat.CSV else b""


def body(file_format: str, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as they are in the file; those of a workbook as lists, to be read by `workbook`."""
    if file_format == ExportFormat.CSV:
        return _csv([[_text(inert(cell)) for cell in row] for row in rows])
    if file_format == ExportFormat.NDJSON:
        return b"".join(orjson.dumps(dict(zip(names, row, strict=True))) + b"\n" for row in rows)
    return b"".join(orjson.dumps(list(row)) + b"\n" for row in rows)


def workbook(target: Path, names: Sequence[str], source: Path, size: int) -> None:
    """Write a workbook of the rows in the first bytes of a file; only a row of it is in memory."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # as much to load as a tenth of a program that never needs it

    made = Workbook(
        str(target),
        {
            "constant_memory": True,
            "tmpdir": str(target.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
        },
    )
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, list(names))
    for place, row in enumerate(_lines(source, size), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(place, column, str(inert(cell))[:_LONGEST])
            elif cell is not None:
                sheet.write(place, column, cell)
    made.close()


def _lines(source: Path, size: int) -> Iterator[list[Cell]]:
    with source.open("rb") as file:
        while file.tell() < size:
            yield orjson.loads(file.readline())


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return lines as RFC 4180 has them."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _text(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell
