"""What each type of column takes, and what it says to the rest."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxplatform.imports.column_types import ColumnType
from cxplatform.imports.instants import Instant, Instants
from cxplatform.imports.jsontext import read_json
from cxplatform.imports.kinds import kind_named, kind_names
from cxplatform.imports.number_types import Amount, Integer, Number
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.source_keys import KeyElsewhere
from cxplatform.imports.text_types import LANGUAGE, Boolean, Choice, Json, Key, Path, Text

ZONE = ZoneInfo("America/New_York")


def read(kind: ColumnType, cell: str) -> Any:
    try:
        return kind.text_reader(ZONE)(cell)
    except Refused as refused:
        return refused.code.value


def take(kind: ColumnType, text: str) -> Any:
    try:
        return kind.value_reader(ZONE)(read_json(text))
    except Refused as refused:
        return refused.code.value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-07-01T12:00:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("2026-07-01T12:00:00+02:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 16, tzinfo=UTC)),
        (" 2026-07-01 ", datetime(2026, 7, 1, 4, tzinfo=UTC)),
        ("2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-03-08T02:30", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("01/07/2026", "INVALID_DATE"),
        ("46204.5", "INVALID_DATE"),
        ("2026-02-30", "INVALID_DATE"),
        ("0001-01-01T00:00:00+23:59", "OUT_OF_RANGE"),
        ("9999-12-31T23:59:59-23:59", "OUT_OF_RANGE"),
        ("  ", None),
    ],
)
def test_instants_are_iso_8601_in_the_brands_zone_unless_they_say_otherwise(cell: str, expected: Any) -> None:
    assert read(Instant(), cell) == expected


def test_several_instants_are_kept_in_order_of_time_each_once() -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)

    assert read(Instants(), "2026-01-02T00:00Z; 2026-01-01T00:00Z;;2026-01-02T00:00Z") == [early, late]
    assert take(Instants(), '["2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"]') == [early, late]
    assert read(Instants(), "2026-01-02T00:00Z;soon") == "INVALID_DATE"
    assert read(Instants(), ";".join(["2026-01-02T00:00Z"] * 101)) == "TOO_LONG"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12.50", Decimal("12.5")),
        ("+0012.5000000", Decimal("12.5")),
        (".5", Decimal("0.5")),
        ("99999999999999.9999", Decimal("99999999999999.9999")),
        ("100000000000000", "OUT_OF_RANGE"),
        ("0.00001", "OUT_OF_RANGE"),
        ("0", "OUT_OF_RANGE"),
        ("-1", "OUT_OF_RANGE"),
        ("1e5", "INVALID_TYPE"),
        ("1,5", "INVALID_TYPE"),
        ("NaN", "INVALID_TYPE"),
        (".", "INVALID_TYPE"),
        ("9" * 400, "INVALID_TYPE"),
        ("٣", "INVALID_TYPE"),
    ],
)
def test_amounts_are_exact_and_positive(cell: str, expected: Any) -> None:
    assert read(Amount(14, 4), cell) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Amount(14, 4), "12.50", Decimal("12.5")),
        (Amount(14, 4), "1e999999", "INVALID_TYPE"),
        (Amount(14, 4), "9" * 4_000, "INVALID_TYPE"),
        (Number(0, 10), "1e999", "OUT_OF_RANGE"),
        (Number(0, 10), "2.5", 2.5),
        (Number(0, 10), '"2.5"', 2.5),
        (Number(0, 10), "-0.0", 0.0),
        (Number(0, 10), "true", "INVALID_TYPE"),
        (Integer(0, 10), "7", 7),
        (Integer(0, 10), "7.0", "INVALID_TYPE"),
        (Integer(0, 10), "9" * 4_000, "OUT_OF_RANGE"),
        (Integer(0, 10), "11", "OUT_OF_RANGE"),
        (Boolean(), "true", True),
        (Boolean(), "1", True),
        (Boolean(), '"No"', False),
        (Boolean(), "2", "INVALID_TYPE"),
        (Key(5), "12345", "12345"),
        (Key(5), '" a "', "a"),
        (Key(5), "1.5", "INVALID_TYPE"),
        (Key(5), '"123456"', "TOO_LONG"),
        (KeyElsewhere(60, "made-"), '"made-00000000-0000-7000-8000-0000000000ab"', "CONFLICT"),
        (KeyElsewhere(60, "made-"), '"made-7"', "made-7"),
        (Text(5), '"a\\u0000"', "INVALID_TEXT"),
        (Text(5), '"\\ud800"', "INVALID_TEXT"),
        (Text(5), "5", "INVALID_TYPE"),
        (Text(5), '""', None),
        (Choice(["LOW", "HIGH"]), '"low"', "LOW"),
        (Choice(["LOW", "HIGH"]), '"lower"', "UNKNOWN_VALUE"),
        (Path(20, 5, 3), '" a / b "', "a/b"),
        (Path(20, 5, 3), '"a//b"', "UNKNOWN_VALUE"),
        (Path(20, 5, 3), '"a/b/c/d"', "TOO_LONG"),
        (Path(20, 5, 3), '"abcdef/b"', "TOO_LONG"),
        (Json(), '{"a": [1, 2.5, "x"]}', {"a": [1, 2.5, "x"]}),
        (Json(), '{"a": 1e999}', "OUT_OF_RANGE"),
        (Json(), '{"a": "\\u0000"}', "INVALID_TEXT"),
        (Json(), "[1]", "INVALID_TYPE"),
        (Json(), '{"a":' * 40 + "1" + "}" * 40, "OUT_OF_RANGE"),
    ],
)
def test_values_of_json_are_taken_or_refused_with_a_code(kind: ColumnType, text: str, expected: Any) -> None:
    assert take(kind, text) == expected


CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "7", "-0.0", "1_0", "nan", "inf", "1e999", "+5", "٣", "0.50", "9" * 25, "yes", " a ", "a/b"]
    ),
    st.sampled_from(
        ["2026-07-01T12:00Z", "2026-07-01", "2026-07-01T12:00+02:00", "1850-01-01T00:00Z", "a;b", '{"a":1}']
    ),
    st.sampled_from([" invitation-00000000-0000-7000-8000-0000000000AB ", "invitation-7"]),
    st.text(max_size=6),
)
TYPES = [Text(3), Key(3), Path(9, 3, 2), Choice(["YES", "NO"]), Boolean(), Json(), LANGUAGE]
TYPES += [Integer(-5, 9), Number(0, 10), Amount(14, 4), Instant(), Instants(), KeyElsewhere(60, "invitation-")]


@pytest.mark.parametrize("kind", TYPES)
@given(cells=st.lists(CELLS, max_size=8))
def test_many_cells_at_once_are_read_as_each_alone(kind: ColumnType, cells: list[str]) -> None:
    each = [read(kind, cell) if cell else None for cell in cells]
    refused = any(isinstance(value, str) and value in list(Code) for value in each)

    try:
        together = list(kind.texts_reader(ZONE)(cells))
    except Refused:
        assert refused
    else:
        assert not refused
        assert list(map(repr, together)) == list(map(repr, each))


@pytest.mark.parametrize(
    "name",
    ["customers", "interactions", "orders", "survey-invitations", "survey-responses", "touchpoint-events"],
)
def test_no_column_takes_more_text_than_its_field_holds(name: str) -> None:
    kind = kind_named(name)

    assert name in kind_names()
    for column in kind.kept_columns:
        its = column.reference
        field = (its.model if its else kind.model)._meta.get_field(its.key if its else column.field or column.name)
        longest = getattr(column.type, "most", None)
        if getattr(field, "max_length", None) and isinstance(column.type, Text | Key | Path):
            assert longest is not None
            assert longest <= field.max_length, column.name
