"""What no program that shows tables may take for a formula."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from cxplatform.exports.cells import inert, plain
from cxplatform.exports.writing import body, head


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["a=1", "", "'=1", -5, -0.5, None, True])
def test_any_other_cell_stays_what_it_is(cell: object) -> None:
    assert inert(cell) is cell  # type: ignore[arg-type]


def test_a_csv_quotes_what_needs_it_and_defuses_formulas() -> None:
    names, rows = ["score", "comment"], [(-1, '=HYPERLINK("x")'), (None, "a,b\nc"), (True, "é")]

    written = head("CSV", names) + body("CSV", names, rows)

    assert written.decode() == 'score,comment\r\n-1,"\'=HYPERLINK(""x"")"\r\n,"a,b\nc"\r\ntrue,é\r\n'


def test_ndjson_tells_what_is_stored() -> None:
    moment = plain(datetime(2026, 3, 2, 9, tzinfo=UTC))

    (line,) = body("NDJSON", ["at", "comment"], [(moment, "=1")]).splitlines()

    assert orjson.loads(line) == {"at": "2026-03-02T09:00:00+00:00", "comment": "=1"}


def test_what_is_no_cell_is_no_cell() -> None:
    with pytest.raises(TypeError):
        plain(Path())
