"""A vendor's export: which of its files hold which table, and their records, streamed."""

import codecs
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from apps.interactions.adapters.documents import BrokenDocument, objects
from apps.interactions.adapters.record import Record
from apps.interactions.adapters.report import Report
from apps.interactions.adapters.shelf import Shelf
from apps.interactions.adapters.tables import Table, UnusableExport, format_of, stem_of
from cxplatform.imports.mapping.exports import open_export, read_csv, read_ndjson
from cxplatform.imports.mapping.mapping import Reading
from cxplatform.imports.mapping.problems import MappingError, RowError


@dataclass(frozen=True)
class Options:
    """What whoever runs an adapter may choose."""

    encoding: str = "utf-8-sig"
    mapping: Path | None = None
    channel: str | None = None


class Export:
    """The files given, by table; documents of an API (.json) may hold any."""

    def __init__(
        self,
        vendor: str,
        files: Sequence[Path],
        tables: Sequence[Table],
        *,
        report: Report,
        shelf: Shelf,
        options: Options,
    ) -> None:
        self._vendor = vendor
        self.files = files
        self.report = report
        self.shelf = shelf
        self.options = options
        self._tables = tables
        self._arrays = {table.array for table in tables if table.array}
        report.unread_files = [path.name for path in files if tables and not self._is_read(path)]

    def records(self, table: Table) -> Iterator[Record]:
        """Yield a table's records, file by file; a bad line costs no other, a document is read up to where it breaks.

        Raises: UnusableExport, when a file lacks a column that is needed or cannot be read at all.
        """
        for path in self.files:
            document = self._is_document(path)
            if not document and (format_of(path) is None or not table.is_in(stem_of(path), self._vendor)):
                continue
            try:
                yield from self._in_document(table, path) if document else self._in_table(table, path)
            except (MappingError, OSError, EOFError, zlib.error, UnicodeError) as error:
                raise UnusableExport(f"{path.name}: {error}") from error

    def _is_read(self, path: Path) -> bool:
        if format_of(path) is None:
            return False
        return self._is_document(path) or any(table.is_in(stem_of(path), self._vendor) for table in self._tables)

    def _is_document(self, path: Path) -> bool:
        return format_of(path) == "json" and bool(self._arrays)

    def _in_table(self, table: Table, path: Path) -> Iterator[Record]:
        form = format_of(path)
        reading = Reading(delimiter="\t" if form == "tsv" else ",", encoding=self._encoding(path))
        with open_export(path) as file:
            rows = read_ndjson(file, reading) if form == "ndjson" else read_csv(file, reading, set(table.needs))
            for line, row in rows:
                place = f"{path.name} line {line:,}"
                if isinstance(row, RowError):
                    self.report.lose(table.name, "", f"{row}: the line is left out", place)
                elif row.wrong_width:
                    self.report.lose(table.name, "", f"{row.wrong_width}: the line is left out", place)
                else:
                    yield Record(table.name, place, row.cells, self.report)

    def _in_document(self, table: Table, path: Path) -> Iterator[Record]:
        only = len(self._arrays) == 1
        with open_export(path) as file:
            found = objects(file, self._arrays, self._encoding(path))
            try:
                for number, (array, cells) in enumerate(found, 1):
                    if array == table.array or (array is None and (only or table.is_in(stem_of(path), self._vendor))):
                        yield Record(table.name, f"{path.name} object {number:,}", cells, self.report)
            except BrokenDocument as broken:
                self.report.lose(table.name, "", f"is broken: {broken}: the rest is left out", path.name)

    def _encoding(self, path: Path) -> str:
        with open_export(path) as file:
            begin = file.read(2)
        return "utf-16" if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else self.options.encoding
