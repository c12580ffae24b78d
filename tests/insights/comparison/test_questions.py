"""Definitions compared as a client asks for them."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, asker, codes
from tests.insights.comparison.case import call
from tests.metrics.rows import store

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
WINDOW = {"from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00"}
COMPARE = """query($subject: DefinitionSubject!, $window: WindowInput!, $where: MetricWhere) {
  compareDefinitions(subject: $subject, window: $window, where: $where) {
    subject variant provisional definition { key } ours { value numerator denominator sampleSize interval { low } }
    vendors { key vendor name formula source unit result { value leftOut { reason count } failing { reason count } }
              difference { delta agreeing onlyOurs onlyTheirs otherwise
                           disagreements { ours theirs reason count } } } } }"""
RECORDS = """query($subject: DefinitionSubject! = SERVICE_LEVEL, $definition: String! = "GENESYS_ABANDONS_OUT",
                   $window: WindowInput!, $where: MetricWhere, $first: Int, $after: String) {
  disputedRecords(subject: $subject, definition: $definition, window: $window, where: $where, first: $first,
                  after: $after, theirs: [LEFT_OUT]) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { ours theirs reason node { ... on Interaction { waitSeconds } } } } }"""


@pytest.fixture(autouse=True)
def calls(acme: BrandRef, globex: BrandRef) -> None:
    gave_up = [{"opened_at": f"2026-03-0{day}T12:00Z", "abandoned": True, "wait_seconds": day} for day in (3, 4, 5)]
    for brand, rows in ((acme, [call(2, agent="kim"), call(2, wait_seconds=30), *gave_up]), (globex, [call(2)] * 1)):
        with brand_tx(brand):
            store(rows)


def compared(asker: Asker, subject: str, **where: Any) -> Any:
    variables = {"subject": subject, "window": WINDOW, "where": where or None}
    return asker.data(COMPARE, variables)["compareDefinitions"]


def test_a_viewer_is_told_why_the_other_number_is_higher(asker: MakeAsker) -> None:
    found = compared(asker(Role.VIEWER), "SERVICE_LEVEL")

    (other,) = (each for each in found["vendors"] if each["key"] == "GENESYS_ABANDONS_OUT")
    assert (found["definition"]["key"], found["variant"]) == ("SERVICE_LEVEL", "ALL_OFFERED")
    assert (found["ours"]["value"], found["ours"]["denominator"]) == (0.2, 5)
    assert (other["vendor"], other["unit"], other["result"]["value"]) == ("Genesys Cloud", "FRACTION", 0.5)
    assert other["difference"] == {
        "delta": 0.3, "agreeing": 2, "onlyOurs": 3, "onlyTheirs": 0, "otherwise": 0,
        "disagreements": [{"ours": "BELOW", "theirs": "LEFT_OUT", "reason": "It was abandoned.", "count": 3}],
    }  # fmt: skip


def test_the_rows_in_dispute_are_paged_for_whoever_may_drill_down(asker: MakeAsker) -> None:
    analyst, seen, after = asker(Role.ANALYST), [], None
    while True:
        page = analyst.data(RECORDS, {"window": WINDOW, "first": 2, "after": after})["disputedRecords"]
        seen += [edge["node"]["waitSeconds"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert (seen, page["totalCount"]) == ([5, 4, 3], 3)
    assert {(edge["ours"], edge["theirs"], edge["reason"]) for edge in page["edges"]} == {
        ("BELOW", "LEFT_OUT", "It was abandoned.")
    }
    assert codes(asker(Role.VIEWER).ask(RECORDS, {"window": WINDOW})) == ["FORBIDDEN"]


def test_by_agent_is_for_those_who_may_and_an_agent_sees_its_own(asker: MakeAsker) -> None:
    told = compared(asker(Role.BRAND_ADMIN), "SERVICE_LEVEL", agent=["kim"])
    own = compared(asker(Role.AGENT), "SERVICE_LEVEL")
    refused = asker(Role.ANALYST).ask(
        COMPARE, {"subject": "SERVICE_LEVEL", "window": WINDOW, "where": {"agent": ["kim"]}}
    )

    assert (told["ours"]["value"], told["ours"]["sampleSize"]) == (1.0, 1)
    assert (own["ours"]["value"], own["ours"]["sampleSize"]) == (None, 0)
    assert codes(refused) == ["FORBIDDEN"]


@pytest.mark.parametrize(
    ("query", "field", "given"),
    [
        (COMPARE, "window.to", {"window": {**WINDOW, "to": "2026-07-01T00:00:00-04:00"}}),
        (COMPARE, "where.survey", {"where": {"survey": ["nps"]}}),
        (COMPARE, "where.agent", {"subject": "CSAT", "where": {"agent": ["kim"]}}),
        (COMPARE, "where.segment", {"subject": "CSAT", "where": {"segment": ["vip"]}}),
        (RECORDS, "definition", {"definition": "SQM_CALLS"}),
        (RECORDS, "where.segment", {"subject": "CSAT", "definition": "ZENDESK", "where": {"segment": ["vip"]}}),
    ],
)
def test_what_cannot_be_compared_is_refused(asker: MakeAsker, query: str, field: str, given: dict[str, Any]) -> None:
    base = {"window": WINDOW, "subject": "SERVICE_LEVEL"}

    answer = asker(Role.BRAND_ADMIN).ask(query, {**base, **given})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"]["field"] == field
