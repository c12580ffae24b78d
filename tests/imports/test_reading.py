"""Reading files: a bad line never costs a good one, and reading can go on from any record."""

from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxplatform.imports.csv_records import CsvRecords
from cxplatform.imports.json_records import JsonRecords
from cxplatform.imports.lines import MOST_LINE_BYTES, Line, Lines
from cxplatform.imports.problems import Problem
from cxplatform.imports.records import Record


def csv_records(body: bytes, width: int | None = 2, offset: int = 0, line: int = 1) -> list[Record]:
    return list(CsvRecords(Lines(BytesIO(body), offset, line), width))


def json_records(body: bytes) -> list[Record]:
    return list(JsonRecords(Lines(BytesIO(body))))


def seen(records: list[Record]) -> list[tuple[int, object]]:
    """Show each record's line with its content, or the code of why there is none."""
    return [(r.line, r.content.code.value if isinstance(r.content, Problem) else r.content) for r in records]


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_are_no_content() -> None:
    records = csv_records(b'\xef\xbb\xbfa,b\r\n\r\n1,"x\r\ny"\r\n   \r\n2,z')

    assert seen(records) == [(1, ["a", "b"]), (3, ["1", "x\r\ny"]), (6, ["2", "z"])]
    assert [(r.start, r.end) for r in records] == [(0, 8), (10, 20), (25, 28)]


@pytest.mark.parametrize(
    "bad",
    [
        b'9,"unclosed',
        b'"unclosed,9',
        b'9,"closed" and on',
        b"9",
        b"9,9,9",
        b"9,a\rb",
        b'9,"',
    ],
)
def test_a_malformed_line_is_rejected_alone(bad: bytes) -> None:
    records = csv_records(b'1,a\n2,"b"\n' + bad + b'\n3,"c\nd"\n4,"e"\n5,f\n')

    assert seen(records) == [
        (1, ["1", "a"]),
        (2, ["2", "b"]),
        (3, "MALFORMED_LINE"),
        (4, ["3", "c\nd"]),
        (6, ["4", "e"]),
        (7, ["5", "f"]),
    ]


def test_a_line_that_is_too_long_is_rejected_alone_in_bounded_memory() -> None:
    long = b"9," + b"x" * (3 * MOST_LINE_BYTES)

    records = csv_records(b"1,a\n" + long + b"\n2,b\n") + json_records(b'{"a": 1}\n' + long + b'\n{"a": 2}\n')

    assert seen(records) == [
        (1, ["1", "a"]),
        (2, "MALFORMED_LINE"),
        (3, ["2", "b"]),
        (1, {"a": 1}),
        (2, "MALFORMED_LINE"),
        (3, {"a": 2}),
    ]


def test_text_that_no_column_can_hold_is_marked_suspect() -> None:
    records = csv_records(b"1,a\n2,\xff\n3,\0\n4,\xed\xa0\x80\n")

    assert [record.suspect for record in records] == [False, True, True, True]


class CountedLines(Lines):
    """Lines that count how often one was asked for."""

    asked = 0

    def next(self) -> Line | None:
        self.asked += 1
        return super().next()


@pytest.mark.parametrize("line", [b'x","', b'9,"x","', b'9,"x', b'x",""', b'"""', b'9,"\n"'])
def test_hostile_quotes_cost_linear_time(line: bytes) -> None:
    lines = CountedLines(BytesIO((line + b"\n") * 20_000))

    records = list(CsvRecords(lines, width=40))

    assert len(records) >= 10_000
    assert lines.asked < 4 * 40_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a": 1', "MALFORMED_LINE"),
        (b"[1]", "MALFORMED_LINE"),
        (b"null", "MALFORMED_LINE"),
        (b'{"a": NaN}', "MALFORMED_LINE"),
        (b'{"a": 1, "a": 2}', "MALFORMED_LINE"),
        (b"{" + b",".join(b'"k%d":0' % n for n in range(80_000)) + b',"k79999":1}', "MALFORMED_LINE"),
        (b"[" * 100_000, "MALFORMED_LINE"),
        (b'{"a":' * 50_000, "MALFORMED_LINE"),
        (b'{"a": "\xff"}', "INVALID_TEXT"),
        (b'{"a": ' + b"9" * 5_000 + b"}", {"a": "9" * 5_000}),
        (b'{"a": 1e999999}', {"a": "1e999999"}),
    ],
)
def test_json_is_bounded(text: bytes, code: object) -> None:
    records = json_records(b'{"a": 0}\n' + text + b"\n\n" + b'{"a": 2}')

    assert seen(records) == [(1, {"a": 0}), (2, code), (4, {"a": 2})]


plain_cell = st.text(alphabet="abc é0;'", max_size=5)
quoted_cell = st.text(alphabet='abc\n\r,"é', max_size=8).map(lambda text: '"x' + text.replace('"', '""') + '"')
good = st.lists(st.one_of(plain_cell, quoted_cell), min_size=3, max_size=3).filter(lambda cells: "".join(cells).strip())
bad = st.sampled_from(['k,"open', '"open,1', 'a,"b" c,d', "one", "1,2,3,4", "a,b\rc,d"])
line_end = st.sampled_from(["\n", "\r\n"])


def read_cell(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


@given(st.lists(st.tuples(st.one_of(good, bad), line_end), max_size=12))
def test_good_lines_survive_any_mixture_with_bad_ones(lines: list[tuple[list[str] | str, str]]) -> None:
    body, expected, number = "", [], 1
    for line, end in lines:
        text = line if isinstance(line, str) else ",".join(line)
        expected.append((number, "MALFORMED_LINE" if isinstance(line, str) else [read_cell(cell) for cell in line]))
        body += text + end
        number += text.count("\n") + 1

    records = csv_records(body.encode(), width=3)

    assert seen(records) == expected


pieces_of_csv = st.lists(
    st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b"\xff", b"\0", b'""', b'"x\ny",a\n', b"a,b\n", b" ,c\n"]),
    max_size=60,
)


@given(pieces=pieces_of_csv, block_bytes=st.integers(1, 60))
def test_blocks_of_any_size_give_what_is_read_line_by_line(pieces: list[bytes], block_bytes: int) -> None:
    body = b"a,b\n" + b"".join(pieces)

    by_line = CsvRecords(Lines(BytesIO(body)), 2, block_bytes=0)
    by_block = CsvRecords(Lines(BytesIO(body)), 2, block_bytes=block_bytes)

    assert list(by_block) == list(by_line)


def test_records_of_many_lines_are_read_by_the_block_up_to_a_thousand() -> None:
    body = b"a,b\n" + b'1,"x\n\ny"\n' * 500 + b'2,"' + b"\n" * 999 + b'"\n3,"' + b"\n" * 1_000 + b'"\n4,z\n'
    lines = CountedLines(BytesIO(body))

    head, block, *rest = CsvRecords(lines, 2).blocks()

    assert seen(head) == [(1, ["a", "b"])]
    assert (len(block), block[-1].line, block[-1].next_line) == (501, 1_502, 2_502)
    assert seen([record for records in rest for record in records]) == [
        (2_502, "MALFORMED_LINE"),
        (3_502, "MALFORMED_LINE"),
        (3_503, ["4", "z"]),
    ]
    assert lines.asked < 2_500


@given(
    st.lists(st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b"\xff", b"\0", b'""', b',"a', b'"\n']), max_size=60)
)
def test_any_bytes_give_records_from_each_of_which_reading_can_go_on(pieces: list[bytes]) -> None:
    body = b"".join(pieces)

    records = csv_records(body)

    assert [r.line for r in records] == sorted({r.line for r in records})
    assert all(a.end <= b.start for a, b in pairwise(records))
    for place, record in enumerate(records):
        if not isinstance(record.content, Problem):
            later = csv_records(body, offset=record.end, line=record.next_line)
            assert [(r.line, r.start, r.end) for r in later] == [(r.line, r.start, r.end) for r in records[place + 1 :]]
