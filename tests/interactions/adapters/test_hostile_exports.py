"""What exports may hold that nobody expects: it is told, and costs no more than itself."""

import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.adapters import documents
from apps.interactions.adapters.documents import BrokenDocument, objects
from apps.interactions.adapters.moments import moment_of
from apps.interactions.adapters.tables import UnusableExport
from cxplatform.tenancy.brand import BrandRef
from tests.interactions.adapters.exports import adapted

pytestmark = pytest.mark.django_db

TICKETS = "id,created_at,updated_at,status,via_channel,subject,description,requester_id,priority\n"
ROW = "1,2021-03-01 09:00:00,2021-03-01 09:00:00,open,email,Hi,there,7,high\n"


def tickets(folder: Path, body: str | bytes, name: str = "ticket.csv") -> Path:
    path = folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def test_a_date_without_an_offset_is_utc_whatever_the_brands_zone(acme: BrandRef, tmp_path: Path) -> None:
    made = adapted(acme, "zendesk", tickets(tmp_path, TICKETS + ROW))

    assert acme.time_zone == "America/New_York"
    assert made.rows("interactions", "opened_at") == ["2021-03-01T09:00:00+00:00"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-03-01T09:00:00+02:00", "2021-03-01T07:00:00+00:00"),
        ("2021-03-01 09:00:00.123456 UTC", "2021-03-01T09:00:00.123456+00:00"),
        ("Mon, 01 Mar 2021 09:00:00 +0000", "2021-03-01T09:00:00+00:00"),
        ("1614589200", "2021-03-01T09:00:00+00:00"),
        (1614589200000, "2021-03-01T09:00:00+00:00"),
    ],
)
def test_dates_are_read_as_vendors_write_them(written: object, read: str) -> None:
    assert moment_of(written).isoformat() == read


def test_a_formula_is_text_and_stays_as_it_is(acme: BrandRef, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://evil.example","x")'
    line = ROW.replace("Hi", '"' + formula.replace('"', '""') + '"')

    assert adapted(acme, "zendesk", tickets(tmp_path, TICKETS + line)).rows("interactions", "subject") == [formula]


def test_a_missing_column_is_named_and_nothing_is_made(acme: BrandRef, tmp_path: Path) -> None:
    file = tickets(tmp_path, "id,status\n1,open\n")

    with pytest.raises(UnusableExport, match=r"ticket\.csv: column 'created_at' is not in the header: id, status"):
        adapted(acme, "zendesk", file)


def test_a_line_of_another_width_costs_no_other(acme: BrandRef, tmp_path: Path) -> None:
    made = adapted(acme, "zendesk", tickets(tmp_path, TICKETS + "2,open\n" + ROW))

    assert made.rows("interactions", "external_id") == ["1"]
    assert made.lost == ["ticket: has 2 cells where the header has 9: the line is left out x1"]


def test_text_that_cannot_be_stored_is_taken_out_of_its_row(acme: BrandRef, tmp_path: Path) -> None:
    made = adapted(acme, "zendesk", tickets(tmp_path, TICKETS.encode() + ROW.encode().replace(b"Hi", b"H\xfc")))

    assert made.rows("interactions", "subject", "text") == [(None, "there")]
    assert made.lost == ["interactions.subject: is not valid UTF-8: left out x1"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_files_with_a_mark_are_read_by_it(acme: BrandRef, tmp_path: Path, *, encoding: str) -> None:
    file = tickets(tmp_path, (TICKETS + ROW.replace("Hi", "Grüße, 世界 ".replace(",", ""))).encode(encoding))

    assert adapted(acme, "zendesk", file).rows("interactions", "subject") == ["Grüße 世界"]


def test_another_encoding_is_read_when_it_is_said(acme: BrandRef, tmp_path: Path) -> None:
    file = tickets(tmp_path, gzip.compress((TICKETS + ROW.replace("Hi", "Grüße")).encode("cp1252")), "ticket.csv.gz")

    assert adapted(acme, "zendesk", file, encoding="cp1252").rows("interactions", "subject") == ["Grüße"]


def test_a_gzip_that_is_cut_off_is_no_export(acme: BrandRef, tmp_path: Path) -> None:
    file = tickets(tmp_path, gzip.compress((TICKETS + ROW).encode())[:-9], "ticket.csv.gz")

    with pytest.raises(UnusableExport, match=r"ticket\.csv\.gz"):
        adapted(acme, "zendesk", file)


def test_a_text_that_is_too_long_is_cut_and_told(acme: BrandRef, tmp_path: Path) -> None:
    made = adapted(acme, "zendesk", tickets(tmp_path, TICKETS + ROW.replace("Hi", "x" * 501)))

    assert made.rows("interactions", "subject") == ["x" * 500]
    assert made.lost == ["ticket.subject: is longer than 500 characters: cut x1"]


def test_a_document_is_read_up_to_where_it_breaks(acme: BrandRef, tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "created_at": "2021-03-01T09:00:00Z", "status": "open", "via": {"channel": "email"}})
    file = tickets(tmp_path, f'{{"tickets": [{good}, {{"id": 2,', "page.json")

    made = adapted(acme, "zendesk", file)

    assert made.rows("interactions", "external_id") == ["1"]
    broken = [line for line in made.lost if line.startswith("ticket:")]
    assert broken == [f"ticket: is broken: no value can be read at character {len(good) + 16}: the rest is left out x1"]


def test_values_that_differ_on_every_line_do_not_fill_the_report(acme: BrandRef, tmp_path: Path) -> None:
    lines = [ROW.replace("1,", f"{number},", 1).replace("high", f"p{number}") for number in range(200)]

    report = adapted(acme, "zendesk", tickets(tmp_path, TICKETS + "".join(lines))).report

    assert len(report.losses) == 51
    assert sum(loss.count for loss in report.losses.values()) == 200


def test_a_folder_with_nothing_of_the_vendor_says_what_is_read(acme: BrandRef, tmp_path: Path) -> None:
    tickets(tmp_path, "a,b\n", "other.csv")

    with pytest.raises(UnusableExport, match="holds anything that the adapter twilio reads"):
        adapted(acme, "twilio", tmp_path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=5)


@given(items=OBJECTS, before=VALUES, after=VALUES, indent=st.sampled_from([None, 1]), piece=st.integers(1, 40))
def test_a_document_read_piece_by_piece_holds_what_it_holds_read_at_once(
    *,
    items: list[dict[str, object]],
    before: object,
    after: object,
    indent: int | None,
    piece: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("documents") / "page.json"
    file.write_text(json.dumps({"before": before, "items": items, "after": after}, indent=indent))

    with pytest.MonkeyPatch.context() as patch, file.open("rb") as opened:
        patch.setattr(documents, "_PIECE", piece)
        read = list(objects(opened, {"items"}, "utf-8-sig"))

    assert read == [("items", item) for item in items]


@given(text=st.text(alphabet='{}[]",:0a\\ \n', max_size=40), tail=st.binary(max_size=5))
def test_whatever_is_no_document_is_broken_and_nothing_worse(
    text: str, tail: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("documents") / "page.json"
    file.write_bytes(text.encode() + tail)

    with file.open("rb") as opened, suppress(BrokenDocument):
        list(objects(opened, {"a"}, "utf-8-sig"))
