"""Deliveries of every shape against a naive model of what the contract says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.customers.imports import CUSTOMERS, ORDERS
from apps.customers.models import Customer
from cxplatform.imports.chunks import UnreadableHeader, read_chunk
from cxplatform.imports.rows import Row, RowReader
from cxplatform.imports.upserts import load_rows, upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
thorough = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@dataclass
class Stored:
    version: int | None
    name: str | None
    segment: str | None


class Model:
    """The contract, as plainly as it can be written."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Stored] = {}

    def take(self, row: dict[str, Any]) -> str:
        if row.get("external_id") is None or row.get("country") == "XX":
            return "REJECTED"
        version, key = row.get("version"), (row.get("source") or "import", row["external_id"])
        given = {name: row[name] for name in ("name", "segment") if name in row}
        if key not in self.rows:
            self.rows[key] = Stored(version, given.get("name"), given.get("segment"))
            return "ACCEPTED"
        old = self.rows[key]
        if None not in (version, old.version) and version < old.version:
            return "DUPLICATE"
        higher = version is not None and (old.version is None or version > old.version)
        other = any(getattr(old, name) != value for name, value in given.items())
        if not higher and not other:
            return "DUPLICATE"
        if version is not None and version == old.version:
            return "REJECTED"
        for name, value in given.items():
            setattr(old, name, value)
        old.version = old.version if version is None else version
        return "UPDATED"


row = st.fixed_dictionaries(
    {"external_id": st.sampled_from(["p1", "p2", "p3", None])},
    optional={
        "source": st.sampled_from([None, "crm"]),
        "version": st.sampled_from([None, 1, 2, 3]),
        "name": st.sampled_from([None, "Ann", "Bo"]),
        "segment": st.sampled_from([None, "gold"]),
        "country": st.sampled_from(["DE", "DE", "DE", "XX"]).filter(bool),
    },
).map(lambda r: r if r.get("country") == "XX" else {k: v for k, v in r.items() if k != "country"})


@thorough
@given(deliveries=st.lists(st.lists(row, max_size=12), max_size=5))
def test_deliveries_do_what_the_contract_says(acme: BrandRef, deliveries: list[list[dict[str, Any]]]) -> None:
    model = Model()
    expected = [[model.take(row) for row in delivery] for delivery in deliveries]

    with brand_tx(acme), transaction.atomic():
        outcomes = [
            [outcome.status.value for outcome in upsert(CUSTOMERS, delivery, now=NOW)] for delivery in deliveries
        ]
        stored = {(c.source, c.external_id): Stored(c.version, c.name, c.segment) for c in Customer.objects.all()}
        transaction.set_rollback(True)

    assert outcomes == expected
    assert stored == model.rows


versions = st.permutations([{"external_id": "p1", "version": n, "name": f"v{n}"} for n in range(1, 6)])


@thorough
@given(first=versions, again=versions, cut=st.integers(0, 5))
def test_versions_in_any_order_delivered_twice_end_with_the_newest(
    acme: BrandRef, first: list[dict[str, Any]], again: list[dict[str, Any]], cut: int
) -> None:
    with brand_tx(acme), transaction.atomic():
        for delivery in (first[:cut], first[cut:], again):
            upsert(CUSTOMERS, delivery, now=NOW)
        stored = list(Customer.objects.values_list("version", "name"))
        transaction.set_rollback(True)

    assert stored == [(5, "v5")]


cell = st.one_of(
    st.sampled_from(["p1", "p2", "", "2026-03-01", "1e9", "NaN", "true", '{"a":1}', '{"a":1,"a":2}', "-5", "9" * 400]),
    st.text(max_size=6),
)
fuzzed = st.one_of(
    st.binary(max_size=80),
    st.lists(cell, min_size=10, max_size=10).map(lambda cells: ",".join(cells).encode("utf-8", "surrogatepass")),
)
HEADER = b"external_id,name,email,phone,language,country,joined_at,churned_at,attributes,version\n"


@thorough
@given(lines=st.lists(fuzzed, max_size=10), size=st.integers(1, 4), file_format=st.sampled_from(["csv", "ndjson"]))
def test_any_file_is_loaded_without_an_error_and_every_line_is_accounted_for(
    acme: BrandRef, lines: list[bytes], size: int, file_format: str
) -> None:
    body = BytesIO((HEADER if file_format == "csv" else b"") + b"\n".join(lines))
    offset, line, rows, answered = 0, 1, 0, 0

    with brand_tx(acme), transaction.atomic():
        reader = RowReader(CUSTOMERS, acme)
        while True:
            chunk = read_chunk(body, reader, file_format=file_format, offset=offset, line=line, most_rows=size)
            outcomes = load_rows(reader, chunk.rows, now=NOW)
            rows, answered = rows + len(chunk.rows), answered + len(outcomes)
            assert all(bool(outcome.errors) == (outcome.id is None) for outcome in outcomes)
            orjson.dumps([problem.as_json() for outcome in outcomes for problem in outcome.errors])
            offset, line = chunk.end, chunk.next_line
            if chunk.at_end:
                break
        transaction.set_rollback(True)

    assert rows == answered


def test_a_bad_line_among_many_costs_only_itself(acme: BrandRef) -> None:
    lines = [b"p%d,Name %d,US,2026-03-01\n" % (n, n) for n in range(1_000)]
    lines[7], lines[500], lines[999] = b"p7,,XX,\n", b"p500,,,soon\n", b",,,\n"

    reader = RowReader(CUSTOMERS, acme)
    body = BytesIO(b"external_id,name,country,joined_at\n" + b"".join(lines))
    chunk = read_chunk(body, reader, file_format="csv", offset=0, line=1)

    bad = {
        record.line: [(problem.field, problem.code.value) for problem in row]
        for record, row in zip(chunk.records, chunk.rows, strict=True)
        if isinstance(row, list)
    }
    assert bad == {
        9: [("country", "UNKNOWN_VALUE")],
        502: [("joined_at", "INVALID_DATE")],
        1_001: [("external_id", "REQUIRED")],
    }
    good = [row for row in chunk.rows if isinstance(row, Row)]
    assert [row.external_id for row in good] == [f"p{n}" for n in range(999) if n not in (7, 500)]
    assert good[-1].values == {"name": "Name 998", "country": "US", "joined_at": datetime(2026, 3, 1, 5, tzinfo=UTC)}


def test_a_row_without_an_identifier_has_the_same_one_in_either_format(acme: BrandRef) -> None:
    csv = b"customer,ordered_at,amount,kind\np1,2026-03-01T09:00Z,12.50,\n"
    json = b'{"customer": "p1", "ordered_at": "2026-03-01T10:00+01:00", "amount": "12.5"}\n'

    reader = RowReader(ORDERS, acme)
    [from_csv] = read_chunk(BytesIO(csv), reader, file_format="csv", offset=0, line=1).rows
    [from_json] = read_chunk(BytesIO(json), reader, file_format="ndjson", offset=0, line=1).rows

    assert isinstance(from_csv, Row)
    assert isinstance(from_json, Row)
    assert (from_csv.source, from_csv.external_id) == (from_json.source, from_json.external_id)
    assert from_csv.external_id.startswith("hash-")


def test_a_file_may_hold_no_more_than_identifiers(acme: BrandRef) -> None:
    body = BytesIO(b"external_id,source\np1,\np2,crm\n")
    chunk = read_chunk(body, RowReader(CUSTOMERS, acme), file_format="csv", offset=0, line=1)

    assert chunk.rows == [Row("import", "p1", None, {}), Row("crm", "p2", None, {})]


@given(body=st.binary(max_size=60))
def test_any_header_is_read_or_refused(acme: BrandRef, body: bytes) -> None:
    problems, at_end = [], False
    try:
        at_end = read_chunk(BytesIO(body), RowReader(CUSTOMERS, acme), file_format="csv", offset=0, line=1).at_end
    except UnreadableHeader as error:
        problems = error.problems

    assert bool(problems) != at_end
