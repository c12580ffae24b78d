"""A file of answers holds what the API would list and count, for whoever may see it, and for a day."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.surveys.models import SurveyResponse
from cxplatform.exports import steps
from cxplatform.exports.files import exports_dir
from cxplatform.exports.models import ExportJob
from cxplatform.exports.retention import exporting_since, forget_exports, tidy_exports
from cxplatform.graphql.schema import served_schema
from cxplatform.jobs.claims import claim
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.metrics.april import at
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
EXPORT = """mutation ($input: ExportSurveyResponsesInput!) { exportSurveyResponses(input: $input) {
  exportJob { id state rowsAsked rows columns } url userErrors { code field message } } }"""
JOB = "query ($id: ID!) { exportJob(id: $id) { state rows bytes askedBy expiresAt } }"
LISTED = """query ($where: SurveyResponseWhere) {
  surveyResponses(where: $where, first: 100) { totalCount nodes { externalId score comment } } }"""
CSAT = (
    """query { metric(key: CSAT, window: {from: "2026-04-01T04:00:00Z", to: "2026-05-01T04:00:00Z"}) { sampleSize } }"""
)
SATISFIED = {"kind": {"eq": "CSAT"}, "score": {"range": {"gte": 3}}}


@pytest.fixture(autouse=True)
def answers(acme: BrandRef) -> None:
    with brand_tx(acme):
        store(
            {
                "external_id": f"a{number}", "answered_at": at(2 + number), "kind": ("CSAT", "NPS")[number == 6],
                "score": number % 5 + 1, "comment": f"=cmd|{number}", "customer": "ana",
            }
            for number in range(7)
        )  # fmt: skip


def asked(who: Asker, file_format: str = "CSV", where: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = who.data(EXPORT, {"input": {"format": file_format, "where": where}})
    return found["exportSurveyResponses"]


def fetched(url: str) -> bytes:
    answer = Client().get(url)
    assert answer.status_code == 200, answer.content
    body: bytes = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(body) == int(answer["Content-Length"])
    return body


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


@pytest.mark.parametrize("where", [None, SATISFIED, {"score": {"eq": 99}}])
def test_a_file_holds_what_the_list_shows_for_the_same_filter(
    admin: Asker, acme: BrandRef, where: dict[str, Any] | None
) -> None:
    listed = admin.data(LISTED, {"where": where})["surveyResponses"]

    told = asked(admin, where=where)
    run_due(acme)

    rows = rows_of(fetched(told["url"]))
    assert told["exportJob"]["rowsAsked"] == len(rows) == listed["totalCount"]
    assert {(row["external_id"], int(row["score"]), row["comment"]) for row in rows} == {
        (node["externalId"], node["score"], "'" + node["comment"]) for node in listed["nodes"]
    }
    assert [row["answered_at"] for row in rows] == sorted(row["answered_at"] for row in rows)


def test_a_metric_rests_on_as_many_answers_as_the_file_of_its_rows_holds(admin: Asker, acme: BrandRef) -> None:
    window = {"gte": "2026-04-01T04:00:00Z", "lt": "2026-05-01T04:00:00Z"}
    told = asked(admin, "NDJSON", {"kind": {"eq": "CSAT"}, "answeredAt": {"range": window}})
    run_due(acme)

    lines = [orjson.loads(line) for line in fetched(told["url"]).splitlines()]

    assert len(lines) == admin.data(CSAT)["metric"]["sampleSize"] == 6
    assert {line["scope"] for line in lines} == {"TRANSACTIONAL"}
    assert lines[0]["comment"] == "=cmd|0"


def test_a_workbook_holds_texts_as_texts_and_no_formula(admin: Asker, acme: BrandRef) -> None:
    told = asked(admin, "XLSX")
    run_due(acme)

    with zipfile.ZipFile(io.BytesIO(fetched(told["url"]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()

    assert sheet.count("<row ") == 8
    assert "'=cmd|3" in sheet
    assert "<f>" not in sheet


def test_whoever_may_not_read_comments_gets_none(asker: MakeAsker, acme: BrandRef) -> None:
    told = asked(asker(Role.ANALYST))
    run_due(acme)

    assert "comment" not in told["exportJob"]["columns"]
    assert "comment" not in rows_of(fetched(told["url"]))[0]


def test_who_may_not_export_or_asks_for_a_hidden_filter_leaves_nothing(asker: MakeAsker, acme: BrandRef) -> None:
    viewer, analyst = asker(Role.VIEWER), asker(Role.ANALYST)

    refused = viewer.ask(EXPORT, {"input": {"format": "CSV"}})
    hidden = analyst.ask(EXPORT, {"input": {"format": "CSV", "where": {"comment": {"contains": "cmd"}}}})

    assert (codes(refused), codes(hidden)) == (["FORBIDDEN"], ["FORBIDDEN"])
    with brand_tx(acme):
        assert not ExportJob.objects.exists()
    assert not list(exports_dir(acme).iterdir())


def test_too_many_rows_for_the_format_are_refused(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxplatform.exports.submissions.MOST_ROWS", {"XLSX": 6})

    told = asked(admin, "XLSX")

    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("BAD_USER_INPUT", "where")]
    assert not list(exports_dir(acme).iterdir())


def test_a_step_that_is_done_again_writes_nothing_twice(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "CHUNK_ROWS", 3)
    told = asked(admin)
    lease, _ = claim(acme) or pytest.fail("no job")
    assert steps.write_next_chunk(lease)

    def die(point: str) -> None:
        if point == "export-before-commit":
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(steps, "reached", die)
        with pytest.raises(SystemExit):
            steps.write_next_chunk(lease)
    lease.give_back()
    run_due(acme)

    assert [row["external_id"] for row in rows_of(fetched(told["url"]))] == [f"a{number}" for number in range(7)]


def test_what_is_recorded_later_is_not_in_it_and_what_is_gone_is_not_either(admin: Asker, acme: BrandRef) -> None:
    told = asked(admin)
    with brand_tx(acme):
        SurveyResponse.objects.filter(external_id="a0").delete()
        store([{"external_id": "late", "answered_at": at(9), "kind": "CSAT", "score": 1}])
    run_due(acme)

    job = admin.data(JOB, {"id": told["exportJob"]["id"]})["exportJob"]

    assert [row["external_id"] for row in rows_of(fetched(told["url"]))] == [f"a{number}" for number in range(1, 7)]
    assert (job["state"], job["rows"], job["askedBy"]) == ("DONE", 6, "Brand_Admin 1")


def test_a_link_is_nobodys_guess_waits_for_the_file_and_is_good_for_a_day(
    admin: Asker, acme: BrandRef, globex: BrandRef
) -> None:
    url = asked(admin)["url"]
    early = Client().get(url)
    run_due(acme)
    other = url[:-1] + ("A" if url[-1] != "A" else "B")

    statuses = [Client().get(each).status_code for each in (url, other, "/exports/x", url.lower())]
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        late = Client().get(url)

    assert (early.status_code, early["Retry-After"]) == (409, "5")
    assert (statuses, late.status_code, Client().post(url).status_code) == ([200, 404, 404, 404], 404, 405)
    assert late.json()["error"]["code"] == "NOT_FOUND"
    with brand_tx(acme):
        assert url.encode() not in bytes(ExportJob.objects.get().token_hash)


def test_asking_and_fetching_are_in_the_trail(admin: Asker, acme: BrandRef) -> None:
    told = asked(admin)
    run_due(acme)
    fetched(told["url"])

    events = [(event.action, event.actor_name, event.actor_role) for event in trail(acme)]

    assert events == [
        ("export_survey_responses", "Brand_Admin 1", "BRAND_ADMIN"),
        ("download_export", "Brand_Admin 1", "LINK"),
    ]
    assert told["url"].rpartition("/")[2] not in repr([event.after for event in trail(acme)])


def test_what_the_provider_has_exported_is_an_access_and_a_change_and_so_is_known_as_the_providers(
    asker: MakeAsker, acme: BrandRef
) -> None:
    told = asked(asker(Role.SUPERVISOR))
    run_due(acme)
    fetched(told["url"])

    assert [(event.action, event.actor_name, event.of_provider) for event in trail(acme)] == [
        ("access", "Supervisor 1", True),
        ("export_survey_responses", "Supervisor 1", True),
        # Whoever has the link may fetch the file; the row says whose link it was.
        ("download_export", "Supervisor 1", False),
    ]


def test_files_go_when_their_time_is_over_and_when_somebody_is_erased(admin: Asker, acme: BrandRef) -> None:
    first, second = asked(admin), asked(admin)
    with brand_tx(acme):
        assert exporting_since(timezone.now())
    run_due(acme)
    tidy_exports(acme)
    assert len(list(exports_dir(acme).iterdir())) == 2

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25), tick=False):
        tidy_exports(acme)
    assert not list(exports_dir(acme).iterdir())
    assert Client().get(first["url"]).status_code == 404

    third = asked(admin)
    run_due(acme)
    with brand_tx(acme):
        forget_exports()
        assert not exporting_since(timezone.now())
    assert [Client().get(each["url"]).status_code for each in (second, third)] == [404, 404]


def test_every_column_takes_the_permission_that_reading_it_takes() -> None:
    from apps.surveys.exports import SURVEY_RESPONSES
    from apps.surveys.graphql.types import SurveyResponse as Node
    from cxplatform.graphql.columns import ColumnSpec, spec_of

    assert served_schema()
    fields = {field.python_name: spec_of(field) for field in Node.__strawberry_definition__.fields}  # type: ignore[attr-defined]
    for column in SURVEY_RESPONSES.columns:
        spec = fields.get(column.name)
        if isinstance(spec, ColumnSpec):
            assert column.requires == spec.requires, column.name


def test_a_file_is_for_nobody_else_on_the_machine(admin: Asker, acme: BrandRef) -> None:
    asked(admin, "XLSX")
    run_due(acme)

    (file,) = exports_dir(acme).iterdir()

    assert (file.suffix, Path(file).stat().st_mode & 0o777) == (".file", 0o600)
