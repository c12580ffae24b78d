"""CSV, such that a bad line never costs a good one."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import accumulate, chain, islice

from cxplatform.imports.lines import MOST_LINE_BYTES, Line, Lines
from cxplatform.imports.records import Record, malformed

MOST_RECORD_LINES = 1_000

# The module's default of 131,072 characters a cell is below what a line may hold.
csv.field_size_limit(MOST_LINE_BYTES)


class CsvRecords:
    """Iterate over the records of a CSV file; blank lines are none.

    A record may span lines inside quotes, up to 1,000 lines and 1 MiB. Where it does and cannot be read, or has the
    wrong number of cells, only its first line is rejected and reading goes on at the line after that: what looked
    like a long record is taken for one line with an unclosed quote. Lines inside such a failed span cannot span
    lines again within it (they would fail at the same place), so that hostile files cost linear time.

    Most files are as they should be, so a block of lines is tried at once; what is not is read line by line to the
    block's end.
    """

    def __init__(self, lines: Lines, width: int | None = None, *, block_bytes: int = 64 * 1024) -> None:
        self._lines = lines
        self._width = width
        self._block_bytes = block_bytes
        self._taken: list[Line] = []
        self._taken_bytes = 0
        self._failed_until = 0
        self._singly_until = 0

    def __iter__(self) -> Iterator[Record]:
        return chain.from_iterable(self.blocks())

    def blocks(self) -> Iterator[list[Record]]:
        """Yield the records, as many at once as is convenient."""
        singly = self._singly()
        while records := self._block() or list(islice(singly, 1)):
            yield records

    def _block(self) -> list[Record]:
        lines, width = self._lines, self._width
        # A line of blanks is no record, but looks like one where there is one column.
        if width is None or width < 2 or lines.offset < self._singly_until:
            return []
        ahead = lines.ahead(self._block_bytes)
        self._singly_until = lines.offset + len(ahead)
        records = _good_records(ahead, lines.offset, lines.number, width)
        if records:
            lines.move_on(records[-1].end, records[-1].next_line)
        return records

    def _singly(self) -> Iterator[Record]:
        reader = csv.reader(self._feed(), strict=True)
        while True:
            self._taken.clear()
            self._taken_bytes = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._reject(self._reason(error))
                reader = csv.reader(self._feed(), strict=True)
                continue
            taken = self._taken
            if len(taken) == 1 and not taken[0].text.strip():
                continue
            if self._width is not None and len(cells) != self._width:
                yield self._reject(f"has {len(cells)} cells where the header has {self._width}")
                continue
            first, last = taken[0], taken[-1]
            suspect = first.suspect or (len(taken) > 1 and any(line.suspect for line in taken))
            yield Record(first.number, first.start, last.end, last.number + 1, cells, suspect)

    def _feed(self) -> Iterator[str]:
        """Give the csv reader the lines it asks for, and end when the record it reads has become hopeless."""
        while True:
            if self._taken and self._is_hopeless():
                return
            line = self._lines.next()
            if line is None:
                return
            if line.too_long and self._taken:
                self._lines.put_back([line])
                return
            self._taken.append(line)
            self._taken_bytes += line.end - line.start
            yield line.text if not line.too_long else '"'

    def _is_hopeless(self) -> bool:
        return (
            self._taken[0].number < self._failed_until
            or len(self._taken) >= MOST_RECORD_LINES
            or self._taken_bytes > MOST_LINE_BYTES
        )

    def _reject(self, message: str) -> Record:
        first, *rest = self._taken
        if rest:
            self._failed_until = max(self._failed_until, rest[-1].number)
            self._lines.put_back(rest)
        return Record(first.number, first.start, first.end, first.number + 1, malformed(message))

    def _reason(self, error: csv.Error) -> str:
        if self._taken[0].too_long:
            return f"is longer than {MOST_LINE_BYTES:,} bytes"
        if "unexpected end" in str(error):
            return "opens a quote that is not closed"
        if "new-line" in str(error):
            return "has a carriage return outside of quotes"
        if "larger than" in str(error):
            return f"has a cell longer than {MOST_LINE_BYTES:,} characters"
        return "has text after a closing quote"


def _good_records(block: bytes, offset: int, number: int, width: int) -> list[Record]:
    """Return the records that whole lines begin with, up to the first that may not be as it should."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return []
    if "\0" in text:
        return []
    ends = list(accumulate(map(len, BytesIO(block)), initial=offset))
    records: list[Record] = []
    reader, before = csv.reader(StringIO(text, newline="\n"), strict=True), 0
    try:
        for cells in reader:
            after = reader.line_num
            if cells:
                if len(cells) != width or after - before > MOST_RECORD_LINES:
                    break
                records.append(Record(number + before, ends[before], ends[after], number + after, cells))
            before = after
    except csv.Error:
        pass
    return records
