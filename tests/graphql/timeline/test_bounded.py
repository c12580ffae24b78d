"""A page of a timeline reads as much as it shows, however much happened to the customer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from apps.accounts.permissions import Role
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.graphql.conftest import Asker
from tests.graphql.timeline.crowd import TABLES, fill
from tests.isolation.api import world

BUSY = 1_000
PAGE = """query($id: ID!, $after: String, $before: String, $first: Int, $last: Int) { node(id: $id) {
  ... on Customer { timeline(first: $first, after: $after, last: $last, before: $before) {
    nodes { at } pageInfo { endCursor startCursor } } } } }"""
LIST = """query($first: Int!) { customers(first: $first) { nodes { timeline(first: 9) {
  totalCount nodes { at kind what { ... on Node { id } } } } } } }"""


@pytest.fixture
def one(committed: None, acme: BrandRef) -> tuple[str, Asker]:
    key = fill(acme, busy=BUSY, others=1_000)
    return global_id("Customer", key), Asker(world.person(Role.BRAND_ADMIN, acme).token)


def statements(asker: Asker, query: str, variables: dict[str, Any]) -> tuple[Any, list[str]]:
    with CaptureQueriesContext(connections["default"]) as captured:
        answer = asker.data(query, variables)
    texts = [each["sql"].rpartition("; ")[2] for each in captured]
    doors = ("set_config", "accounts_apikey")
    return answer, [text for text in texts if "SELECT" in text and not any(each in text for each in doors)]


def plan_nodes(brand: BrandRef, statement: str) -> Iterator[dict[str, Any]]:
    with brand_tx(brand), sql() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        pending = [cursor.fetchone()[0][0]["Plan"]]
    while pending:
        node = pending.pop()
        yield node
        pending += node.get("Plans", [])


def test_no_more_of_any_table_is_read_than_fits_on_the_page(one: tuple[str, Asker], acme: BrandRef) -> None:
    customer, asker = one
    pages, after = [], None
    for _ in range(3):
        answer, sent = statements(asker, PAGE, {"id": customer, "first": 20, "after": after})
        pages += [text for text in sent if "LATERAL" in text]
        after = answer["node"]["timeline"]["pageInfo"]["endCursor"]
    _, sent = statements(asker, PAGE, {"id": customer, "last": 20, "before": after})
    pages += [text for text in sent if "LATERAL" in text]

    assert len(pages) == 4
    for statement in pages:
        for node in plan_nodes(acme, statement):
            if node.get("Relation Name") in TABLES:
                assert node["Node Type"] in {"Index Scan", "Index Only Scan"}, node
                assert node["Actual Rows"] <= 21, node
                assert node.get("Rows Removed by Filter", 0) <= 21, node
            if "Sort" in node["Node Type"]:
                # What is merged: a page and one more of each source.
                assert sum(each["Actual Rows"] for each in node["Plans"]) <= 21 * 14, node


def test_fifty_customers_cost_as_many_statements_as_one(one: tuple[str, Asker]) -> None:
    _, asker = one

    answer, many = statements(asker, LIST, {"first": 50})
    _, few = statements(asker, LIST, {"first": 1})

    shown = [each["timeline"] for each in answer["customers"]["nodes"]]
    assert [(len(each["nodes"]), each["totalCount"]) for each in shown] == [(9, 9 * BUSY), *[(9, 18)] * 49]
    # The customers, what is on the pages, how many there are, and the rows of nine kinds.
    assert (len(many), len(few)) == (12, 12)
