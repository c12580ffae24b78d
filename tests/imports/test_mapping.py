"""Mappings: from any export to the columns of an import kind."""

import gzip
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cxplatform.imports.mapping.fitting import check_fit
from cxplatform.imports.mapping.mapping import mapping_from, read_mapping
from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.run import Outcome, map_export

DOCUMENTED = Path(__file__).parents[2] / "docs" / "mappings"
CALLS = b"""\
id,day,time,who,result,wait
7,2026-03-01,9:05:00,0,OK,12
8,2026-03-01,9:06:30,ana,LOST,3.5
9,2026-03-01,9:07:00,ben,TEST,0
"""
OPENED = {"template": "{day} {time}", "read_as": "%Y-%m-%d %H:%M:%S"}


def mapped(columns: dict[str, object], content: bytes = CALLS, form: str = "csv", **more: object) -> list[str]:
    out = io.StringIO()
    outcome = _map(columns, content, form, out, **more)
    assert outcome.problems == []
    return out.getvalue().splitlines()


def problems(columns: dict[str, object], content: bytes = CALLS, form: str = "csv", **more: object) -> list[str]:
    outcome = _map(columns, content, form, io.StringIO(), **more)
    return [f"{line}: {problem}" for line, problem in outcome.problems]


def _map(columns: dict[str, object], content: bytes, form: str, out: io.StringIO, **more: object) -> Outcome:
    mapping = mapping_from({"kind": "interactions", "columns": columns, **more})
    return map_export(mapping, form, io.BytesIO(content), out)


def test_a_column_is_a_constant_a_source_column_or_a_template() -> None:
    columns: dict[str, object] = {
        "channel": {"constant": "PHONE"},
        "wait_seconds": "wait",
        "external_id": {"template": "{day}/{id}"},
    }

    assert mapped(columns) == [
        "channel,wait_seconds,external_id",
        "PHONE,12,2026-03-01/7",
        "PHONE,3.5,2026-03-01/8",
        "PHONE,0,2026-03-01/9",
    ]


def test_date_and_time_become_an_instant_without_offset_or_in_a_given_zone() -> None:
    zoned = OPENED | {"zone": "America/New_York"}

    assert mapped({"opened_at": OPENED})[1:3] == ["2026-03-01T09:05:00", "2026-03-01T09:06:30"]
    assert mapped({"opened_at": zoned})[1] == "2026-03-01T09:05:00-05:00"


def test_epochs_are_read_in_utc() -> None:
    assert mapped({"a": {"from": "t", "read_as": "epoch"}}, b"t\n1772355900\n")[1] == "2026-03-01T09:05:00+00:00"
    assert mapped({"a": {"from": "t", "read_as": "epoch_ms"}}, b"t\n1772355900250\n")[1].startswith(
        "2026-03-01T09:05:00.250"
    )


def test_blank_values_become_empty_and_a_default_stands_in_for_them() -> None:
    assert mapped({"customer": {"from": "who", "empty": ["0"]}})[1:3] == ['""', "ana"]
    assert mapped({"customer": {"from": "who", "empty": "0", "default": "nobody"}})[1] == "nobody"


def test_the_first_column_that_is_not_empty_counts() -> None:
    export = b"mobile,home\n,1\n2,3\n-,4\n"

    assert mapped({"phone": {"first_of": ["mobile", "home"], "empty": "-"}}, export)[1:] == ["1", "2", "4"]


def test_half_an_identifier_is_none() -> None:
    assert mapped({"external_id": {"template": "{who}-{id}", "empty": ["0"]}})[1:3] == ['""', "ana-8"]


def test_values_are_replaced_and_unlisted_ones_only_with_otherwise() -> None:
    values = {"OK": "true", "LOST": "false"}

    assert mapped({"a": {"from": "result", "values": values, "otherwise": ""}})[1:] == ["true", "false", '""']
    assert problems({"a": {"from": "result", "values": values}}) == ["4: a: 'TEST' is not among its values"]


def test_units_are_changed_exactly() -> None:
    assert mapped({"wait_ms": {"from": "wait", "multiply": 1000}})[1:] == ["12000", "3500", "0"]
    assert mapped({"wait_min": {"from": "wait", "multiply": 0.1}})[2] == "0.35"
    assert problems({"a": {"from": "who", "multiply": 2}}) == [
        "3: a: 'ana' is not a number",
        "4: a: 'ben' is not a number",
    ]


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ({"keep": [{"result": "OK"}]}, ["7"]),
        ({"keep": [{"result": ["OK", "LOST"]}]}, ["7", "8"]),
        ({"keep": [{"result": "OK"}, {"result": "LOST"}]}, ["7", "8"]),
        ({"keep": [{"result": {"starts_with": "T"}}]}, ["9"]),
        ({"skip": [{"result": "TEST"}]}, ["7", "8"]),
        ({"skip": [{"result": {"not": "OK"}}]}, ["7"]),
        ({"skip": [{"result": {"not_in": ["OK", "LOST"]}, "wait": "0"}]}, ["7", "8"]),
        ({"skip": [{"result": "TEST", "wait": "1"}]}, ["7", "8", "9"]),
        ({"keep": [{"wait": {"not": "0"}}], "skip": [{"who": "0"}]}, ["8"]),
    ],
)
def test_conditions_choose_the_rows(condition: dict[str, object], kept: list[str]) -> None:
    assert mapped({"external_id": "id"}, CALLS, "csv", **condition)[1:] == kept


def test_another_sheet_at_the_end_is_left_out_by_conditions_though_its_rows_are_shorter() -> None:
    export = CALLS + b"total,3\n"

    assert mapped({"external_id": "id"}, export, skip=[{"id": "total"}])[1:] == ["7", "8", "9"]
    assert problems({"external_id": "id"}, export) == ["5: has 2 cells where the header has 6"]


def test_a_bad_row_costs_no_other_and_is_named_by_its_line() -> None:
    export = CALLS.replace(b"9:05:00", b"9h05") + b'10,2026-03-01,"9:08\n:00",eva,OK,1\n11,2026-03-01,9:09:00,,OK,1\n'
    out = io.StringIO()

    outcome = _map({"external_id": "id", "opened_at": OPENED}, export, "csv", out)

    assert [row.partition(",")[0] for row in out.getvalue().splitlines()] == ["external_id", "8", "9", "11"]
    assert (outcome.written, outcome.skipped, outcome.failed) == (3, 0, 2)
    assert [line for line, _ in outcome.problems] == [2, 5]
    assert str(outcome.problems[0][1]) == ("opened_at: '2026-03-01 9h05' does not read as %Y-%m-%d %H:%M:%S")


def test_an_unclosed_quote_is_told_with_the_lines_it_took() -> None:
    assert problems({"external_id": "id"}, CALLS + b'10,"x,\n11,\n') == [
        "5: cannot be read (up to line 6): unexpected end of data"
    ]


def test_ndjson_is_read_with_nested_fields() -> None:
    export = b'{"id": 7, "user": {"name": "Ana"}, "tags": ["a"]}\n\n{"id": 8}\n[]\n{\n'
    columns: dict[str, object] = {"external_id": "id", "name": "user.name"}

    assert mapped(columns, b"".join(export.splitlines(keepends=True)[:3]), "ndjson") == [
        "external_id,name",
        "7,Ana",
        "8,",
    ]
    assert problems(columns, export, "ndjson")[0] == "4: is not a JSON object"
    assert problems(columns, export, "ndjson")[1].startswith("5: is not JSON: ")


def test_semicolons_and_other_encodings_are_read() -> None:
    content = "id;name\n1;Jürgen\n".encode("cp1252")

    assert mapped({"name": "name"}, content, export={"delimiter": ";", "encoding": "cp1252"}) == ["name", "Jürgen"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, "columns: lists no column"),
        ({"a": {}}, "columns.a: must have exactly one of constant, from, first_of, template"),
        (
            {"a": {"from": "x", "constant": "y"}},
            "columns.a: must have exactly one of constant, from, first_of, template",
        ),
        ({"a": {"form": "x"}}, "columns.a.form: is not known; here may stand"),
        ({"a": {"template": "{x"}}, "columns.a.template: has a lone { at character 1; write it twice"),
        ({"a": {"template": "x"}}, "columns.a.template: names no column; use constant"),
        ({"a": {"from": "x", "read_as": "soon"}}, "columns.a.read_as: 'soon' is neither a strptime format nor"),
        ({"a": {"from": "x", "read_as": "%Y", "zone": "Mars"}}, "columns.a.zone: 'Mars' is not an IANA time zone"),
        ({"a": {"from": "x", "zone": "UTC"}}, "columns.a.zone: needs read_as"),
        ({"a": {"from": "x", "values": {"y": 1}}}, "columns.a.values: must be a text"),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_key(columns: dict[str, object], message: str) -> None:
    with pytest.raises(MappingError) as raised:
        mapping_from({"kind": "interactions", "columns": columns})

    assert str(raised.value).startswith(message)


def test_a_column_the_export_does_not_have_is_named_before_any_row_is_written() -> None:
    out = io.StringIO()

    with pytest.raises(MappingError, match="column 'call' is not in the header: id, day, time, who, result, wait"):
        _map({"external_id": "call"}, CALLS, "csv", out)
    assert out.getvalue().splitlines() == ["external_id"]


MINIMAL = """
kind = "interactions"

[columns]
external_id = "id"
channel = { constant = "PHONE" }
opened_at = { template = "{day} {time}", read_as = "%Y-%m-%d %H:%M:%S" }
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A mapping and the export it is for."""
    mapping, export = tmp_path / "calls.toml", tmp_path / "calls.csv"
    mapping.write_text(MINIMAL)
    export.write_bytes(CALLS)
    return mapping, export


def test_the_command_maps_a_gzipped_file_into_a_gzipped_one(files: tuple[Path, Path]) -> None:
    mapping, export = files
    export.write_bytes(gzip.compress(CALLS))
    out, said = export.with_name("out.csv.gz"), io.StringIO()

    call_command("map_rows", str(mapping), str(export), out=out, stderr=said)

    assert gzip.decompress(out.read_bytes()).splitlines()[:2] == [
        b"external_id,channel,opened_at",
        b"7,PHONE,2026-03-01T09:05:00",
    ]
    assert said.getvalue() == ("3 rows written, 0 left out by the mapping's conditions, 0 could not be mapped\n")


def test_the_command_fails_when_rows_failed_and_names_them(files: tuple[Path, Path]) -> None:
    mapping, export = files
    mapping.write_text(MINIMAL + 'wait_seconds = { from = "who", multiply = 2 }\n')
    said = io.StringIO()

    with pytest.raises(CommandError, match="Some rows could not be mapped"):
        call_command("map_rows", str(mapping), str(export), out=export.with_name("out.csv"), stderr=said)
    assert said.getvalue().splitlines()[0] == "line 3: wait_seconds: 'ana' is not a number"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("external_id =", "called ="), "columns.called: is no column of interactions; those are source, ext"),
        (('channel = { constant = "PHONE" }', ""), "columns: interactions need channel as well"),
        (('"interactions"', '"calls"'), "kind: 'calls' is not known"),
        (("[columns]", "[columns"), "is not a TOML file"),
    ],
)
def test_the_command_refuses_what_the_kind_does_not_take(
    files: tuple[Path, Path], change: tuple[str, str], message: str
) -> None:
    mapping, export = files
    mapping.write_text(MINIMAL.replace(*change))

    with pytest.raises(CommandError, match=f"calls.toml: {message}"):
        call_command("map_rows", str(mapping), str(export))


@pytest.mark.parametrize("path", sorted(DOCUMENTED.glob("*.toml")), ids=lambda path: path.stem)
def test_each_mapping_in_the_docs_fits_its_kind(path: Path) -> None:
    check_fit(read_mapping(path))
