"""A file of feedback holds what the list shows, with the words for whoever may read them alone."""

from typing import Any

import orjson
import pytest

from apps.accounts.permissions import Role
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.exports.models import ExportJob
from cxplatform.graphql.columns import ColumnSpec, spec_of
from cxplatform.graphql.schema import served_schema
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.exports.test_exports import fetched, rows_of
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.surveys.feedback.said import BAD, GOOD, NOW, comment, say, work

pytestmark = pytest.mark.django_db
EXPORT = """mutation ($input: ExportFeedbackInput!) { exportFeedback(input: $input) {
  exportJob { rowsAsked columns } url userErrors { code field } } }"""
LISTED = """query ($where: FeedbackWhere) { feedback(where: $where, first: 100) { totalCount nodes {
  externalId source kind language detectedLanguage score label mixed confidence model modelVersion
  text customer { externalId } theme { name } } } }"""
FORMULA = '=HYPERLINK("https://evil.example", "very bad, broken and angry")'


@pytest.fixture(autouse=True)
def pieces(acme: BrandRef) -> None:
    comment(acme, BAD, customer="ana", language="en")
    for number, (text, day) in enumerate([(GOOD, 5), (FORMULA, 3), ("+49 ist besetzt", 4)]):
        at = f"2026-03-0{day}T10:00:00Z"
        say(acme, "feedback", external_id=f"f-{number}", kind="SOCIAL", text=text, occurred_at=at)
    work(acme)
    with brand_tx(acme):
        times = dict.fromkeys(("first_seen", "created_at", "updated_at"), NOW)
        theme = Theme.objects.create(name="=courier", terms=["courier"], **times)
        FeedbackItem.objects.filter(external_id="f-0").update(theme=theme)


def asked(who: Asker, file_format: str = "CSV", where: dict[str, Any] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = who.data(EXPORT, {"input": {"format": file_format, "where": where}})
    return found["exportFeedback"]


def as_listed(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line of a file as the list shows the row."""
    same = ("source", "kind", "language", "score", "label", "mixed", "confidence", "model", "text")
    renamed = {"external_id": "externalId", "detected_language": "detectedLanguage", "model_version": "modelVersion"}
    nested = {"customer": "externalId", "theme": "name"}
    return (
        {name: line[name] for name in same}
        | {shown: line[name] for name, shown in renamed.items()}
        | {name: line[name] and {field: line[name]} for name, field in nested.items()}
    )


@pytest.mark.parametrize("where", [None, {"label": {"oneOf": ["NEGATIVE", "VERY_NEGATIVE"]}}, {"kind": {"eq": "CALL"}}])
def test_a_file_holds_what_the_list_shows_for_the_same_filter(
    admin: Asker, acme: BrandRef, where: dict[str, Any] | None
) -> None:
    listed = admin.data(LISTED, {"where": where})["feedback"]

    told = asked(admin, "NDJSON", where)
    run_due(acme)
    lines = [orjson.loads(line) for line in fetched(told["url"]).splitlines()]

    assert told["exportJob"]["rowsAsked"] == len(lines) == listed["totalCount"]
    by_id = {node["externalId"]: node for node in listed["nodes"]}
    assert {line["external_id"]: as_listed(line) for line in lines} == by_id
    assert [line["occurred_at"] for line in lines] == sorted(line["occurred_at"] for line in lines)


def test_no_cell_is_a_formula(admin: Asker, acme: BrandRef) -> None:
    told = asked(admin)
    run_due(acme)

    rows = rows_of(fetched(told["url"]))

    assert [(row["text"], row["theme"]) for row in rows] == [
        (BAD, ""), (f"'{FORMULA}", ""), ("'+49 ist besetzt", ""), (GOOD, "'=courier"),
    ]  # fmt: skip
    assert float(rows[0]["score"]) < 0


def test_whoever_may_not_read_words_gets_none_and_may_not_filter_by_them(asker: MakeAsker, acme: BrandRef) -> None:
    analyst = asker(Role.ANALYST)

    told = asked(analyst)
    run_due(acme)
    hidden = analyst.ask(EXPORT, {"input": {"format": "CSV", "where": {"text": {"contains": "angry"}}}})
    refused = asker(Role.VIEWER).ask(EXPORT, {"input": {"format": "CSV"}})

    assert "text" not in told["exportJob"]["columns"]
    body = fetched(told["url"])
    assert len(rows_of(body)) == 4
    assert b"angry" not in body
    assert (codes(hidden), codes(refused)) == (["FORBIDDEN"], ["FORBIDDEN"])
    with brand_tx(acme):
        assert ExportJob.objects.count() == 1
    assert [event.action for event in trail(acme)] == ["export_feedback", "download_export"]


def test_every_column_takes_the_permission_that_reading_it_takes() -> None:
    from apps.surveys.exports import FEEDBACK
    from apps.surveys.graphql.feedback.types import FeedbackItem, Theme

    assert served_schema()
    fields = {field.python_name: spec_of(field) for field in FeedbackItem.__strawberry_definition__.fields}  # type: ignore[attr-defined]
    taken = {column.name: column.requires for column in FEEDBACK.columns}
    for name, requires in taken.items():
        spec = fields.get(name)
        if isinstance(spec, ColumnSpec):
            assert requires == spec.requires, name
    assert taken["theme"] == Theme.requires
