"""NDJSON, record by record: one JSON object a line."""

from collections.abc import Iterator

from cxplatform.imports.jsontext import read_json
from cxplatform.imports.lines import MOST_LINE_BYTES, Line, Lines
from cxplatform.imports.problems import Code, Problem, Refused
from cxplatform.imports.records import Record, malformed
from cxplatform.imports.texts import storable


class JsonRecords:
    """Iterate over the objects of an NDJSON file; blank lines are none."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __iter__(self) -> Iterator[Record]:
        while (line := self._lines.next()) is not None:
            if line.too_long or line.text.strip():
                yield Record(line.number, line.start, line.end, line.number + 1, _content(line))


def _content(line: Line) -> dict[str, object] | Problem:
    if line.too_long:
        return malformed(f"is longer than {MOST_LINE_BYTES:,} bytes")
    try:
        if line.suspect:
            storable(line.text)
        value = read_json(line.text)
    except Refused as refused:
        return malformed(refused.message, refused.code)
    if not isinstance(value, dict):
        return malformed("is not a JSON object", Code.MALFORMED_LINE)
    return value
