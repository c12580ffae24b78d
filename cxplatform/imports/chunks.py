"""Read the next chunk of a stored file: so many records, from a byte offset on."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cxplatform.imports.cell_rows import CellRows
from cxplatform.imports.csv_records import CsvRecords
from cxplatform.imports.json_records import JsonRecords
from cxplatform.imports.lines import Lines
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.records import Record
from cxplatform.imports.rows import Row, RowReader
from cxplatform.imports.submissions import CSV

MOST_ROWS = 5_000
MOST_BYTES = 8 * 1024 * 1024
_MOST_SECONDS = 10.0
_HEADER_HINT = 'the first line must name the columns, separated by commas, as in "external_id,channel,opened_at"'


class UnreadableHeader(Exception):
    """The columns of a CSV file are not those of its kind; nothing of it can be loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems[:5]))
        self.problems = problems


@dataclass
class Chunk:
    """Records with what was read from each; `end` and `next_line` say where the next chunk begins."""

    end: int
    next_line: int
    at_end: bool = False
    records: list[Record] = field(default_factory=list)
    rows: list[Row | list[Problem]] = field(default_factory=list)


def read_chunk(
    file: BinaryIO, reader: RowReader, *, file_format: str, offset: int, line: int, most_rows: int = MOST_ROWS
) -> Chunk:
    """Read records from the offset until a chunk is full, by rows, bytes or time.

    Offset 0 is the file's beginning: a CSV header is read (again) whatever the offset. Raises: UnreadableHeader.
    """
    if file_format == CSV:
        blocks, read, offset, line = _csv(file, reader, offset, line)
    else:
        blocks, read = ([record] for record in JsonRecords(Lines(file, offset, line))), _object_reader(reader)
    chunk = Chunk(offset, line)
    until = time.monotonic() + _MOST_SECONDS
    for block in blocks:
        records = block[: most_rows - len(chunk.rows)]
        chunk.records += records
        chunk.rows += read(records)
        for record in records:
            record.content = None
        chunk.end, chunk.next_line = records[-1].end, records[-1].next_line
        if len(chunk.rows) >= most_rows or chunk.end - offset >= MOST_BYTES or time.monotonic() > until:
            return chunk
    chunk.at_end = True
    return chunk


_Blocks = Iterator[list[Record]]
_Read = Callable[[list[Record]], list[Row | list[Problem]]]


def _csv(file: BinaryIO, reader: RowReader, offset: int, line: int) -> tuple[_Blocks, _Read, int, int]:
    head = next(iter(CsvRecords(Lines(file))), None)
    header = _header(head, reader)
    assert head is not None
    start, number = max((offset, line), (head.end, head.next_line))
    blocks = CsvRecords(Lines(file, start, number), len(header)).blocks()
    return blocks, CellRows(reader, header).read, start, number


def _header(head: Record | None, reader: RowReader) -> list[str]:
    if head is None:
        raise UnreadableHeader([Problem(None, Code.MALFORMED_LINE, f"the file is empty; {_HEADER_HINT}")])
    if isinstance(head.content, Problem) or head.suspect:
        raise UnreadableHeader([Problem(None, Code.MALFORMED_LINE, f"the header is unreadable; {_HEADER_HINT}")])
    header = [str(cell).strip().lower() for cell in head.content or ()]
    problems = reader.header_problems(header)
    if problems:
        raise UnreadableHeader(problems)
    return header


def _object_reader(reader: RowReader) -> _Read:
    def read(record: Record) -> Row | list[Problem]:
        if isinstance(record.content, Problem):
            return [record.content]
        assert isinstance(record.content, dict)
        return reader.read_object(record.content)

    return lambda records: [read(record) for record in records]
