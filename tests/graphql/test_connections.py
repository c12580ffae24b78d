"""Pages: every row once, in order, whichever way they are walked."""

from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.graphql.rows import START, customer, interaction, page_of_everything


@pytest.fixture
def seven(acme: BrandRef, db: None) -> list[str]:
    """Seven interactions, several at the same instant; their external ids, newest first."""
    with brand_tx(acme):
        made = [interaction(f"i{n}", opened_at=START + timedelta(hours=n // 3)) for n in range(7)]
        made.sort(key=lambda row: (row.opened_at, row.id), reverse=True)
    return [row.external_id for row in made]


PAGE = """query($first: Int, $after: String, $last: Int, $before: String, $orderBy: [InteractionOrderBy!]) {
  interactions(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    nodes { externalId } edges { cursor node { externalId } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def _walk(asker: Asker, size: str, cursor: str, edge: str, more: str, **variables: Any) -> list[list[str]]:
    pages: list[list[str]] = []
    while True:
        page = asker.data(PAGE, {size: 2, **variables})["interactions"]
        pages.append([node["externalId"] for node in page["nodes"]])
        assert [item["node"] for item in page["edges"]] == page["nodes"]
        assert page["edges"][0]["cursor"] == page["pageInfo"]["startCursor"]
        if not page["pageInfo"][more]:
            return pages
        variables[cursor] = page["pageInfo"][edge]


def test_walking_forward_meets_every_row_once(admin: Asker, seven: list[str]) -> None:
    pages = _walk(admin, "first", "after", "endCursor", "hasNextPage")

    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [*chain(*pages)] == seven


def test_walking_backward_meets_every_row_once(admin: Asker, seven: list[str]) -> None:
    pages = _walk(admin, "last", "before", "startCursor", "hasPreviousPage")

    assert [*chain(*reversed(pages))] == seven


def test_the_order_may_be_turned_around(admin: Asker, seven: list[str]) -> None:
    order = [{"field": "OPENED_AT", "direction": "ASC"}]

    pages = _walk(admin, "first", "after", "endCursor", "hasNextPage", orderBy=order)

    assert [*chain(*pages)] == seven[::-1]


def test_orders_in_two_directions_meet_every_row_once(admin: Asker, seven: list[str]) -> None:
    order = [{"field": "OPENED_AT", "direction": "ASC"}, {"field": "CREATED_AT", "direction": "DESC"}]

    pages = _walk(admin, "first", "after", "endCursor", "hasNextPage", orderBy=order)

    assert [*chain(*pages)] == ["i2", "i1", "i0", "i5", "i4", "i3", "i6"]


@pytest.mark.parametrize(
    "arguments",
    [
        "first: 1, last: 1",
        "first: 0",
        "first: -1",
        "first: 101",
        "last: 101",
        'after: "nonsense"',
        'after: "W10"',
        'after: "bnVsbA"',
        'before: "' + "A" * 3_000 + '"',
        "orderBy: [{field: OPENED_AT}, {field: OPENED_AT}]",
    ],
)
def test_paging_that_makes_no_sense_is_refused(admin: Asker, arguments: str) -> None:
    answer = admin.ask(f"{{ interactions({arguments}) {{ nodes {{ id }} }} }}")

    assert answer["data"] == {"interactions": None}
    assert codes(answer) == ["BAD_USER_INPUT"]


def test_a_cursor_of_another_order_is_refused(admin: Asker, seven: list[str]) -> None:
    cursor = admin.data(PAGE, {"first": 1})["interactions"]["pageInfo"]["endCursor"]

    answer = admin.ask(PAGE, {"after": cursor, "orderBy": [{"field": "CREATED_AT"}]})

    assert codes(answer) == ["BAD_USER_INPUT"]


def test_rows_are_counted_only_when_asked_for(admin: Asker, seven: list[str]) -> None:
    with CaptureQueriesContext(connections["default"]) as without:
        admin.data("{ interactions(first: 2) { nodes { externalId } } }")
    with CaptureQueriesContext(connections["default"]) as counted:
        data = admin.data("{ interactions(first: 2) { nodes { externalId } totalCount } }")

    assert data["interactions"]["totalCount"] == 7
    # What is always counted is how many rows of the page were read.
    assert [query["sql"].count("count(*)") for query in without if _reads_contacts(query)] == [1]
    assert [query["sql"].count("count(*)") for query in counted if _reads_contacts(query)] == [2]


def _reads_contacts(query: dict[str, str]) -> bool:
    return 'FROM "interactions_interaction"' in query["sql"]


FULL_PAGE = """query($first: Int) { interactions(first: $first) { nodes {
  id externalId openedAt
  customer { id name surveyResponses { nodes { score } }
    interactions(first: 2) { totalCount nodes { id customer { name } } } }
  queue { key } agent { key } reason { path parent { path } }
  surveyResponses(first: 3) { totalCount nodes { score comment survey { key } interaction { externalId } } }
} } }"""


def test_a_page_takes_a_constant_number_of_queries(admin: Asker, acme: BrandRef) -> None:
    page_of_everything(acme, 12)
    counts = []
    for first in (2, 12):
        with CaptureQueriesContext(connections["default"]) as queries:
            nodes = admin.data(FULL_PAGE, {"first": first})["interactions"]["nodes"]
        read = [query["sql"] for query in queries if 'FROM "' in query["sql"]]
        counts.append(len([sql for sql in read if "accounts_" not in sql]))
        assert len(nodes) == first

    assert counts == [1, 1]
    assert nodes[0]["reason"] == {"path": "Billing/11", "parent": {"path": "Billing"}}
    assert nodes[0]["surveyResponses"]["nodes"] == [
        {"score": 5, "comment": None, "survey": {"key": "after-call"}, "interaction": {"externalId": "i11"}}
    ]
    assert [node["customer"]["name"] for node in nodes[:2]] == ["Customer 11", "Customer 10"]


def test_a_child_connection_pages_within_its_parent(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        for name in ("ann", "bob"):
            owner = customer(name)
            for n in range(3):
                interaction(f"{name}{n}", customer=owner, opened_at=START + timedelta(hours=n))

    data = admin.data(
        """{ customers(orderBy: [{field: EXTERNAL_ID}]) { nodes { externalId
             interactions(first: 2) { totalCount pageInfo { hasNextPage } nodes { externalId } }
             oldest: interactions(last: 1) { pageInfo { hasPreviousPage } nodes { externalId } } } } }"""
    )

    assert data["customers"]["nodes"] == [
        {
            "externalId": name,
            "interactions": {
                "totalCount": 3,
                "pageInfo": {"hasNextPage": True},
                "nodes": [{"externalId": f"{name}2"}, {"externalId": f"{name}1"}],
            },
            "oldest": {"pageInfo": {"hasPreviousPage": True}, "nodes": [{"externalId": f"{name}0"}]},
        }
        for name in ("ann", "bob")
    ]


def test_a_relation_selected_in_two_ways_keeps_both_selections(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        interaction("i", customer=customer("ann", name="Ann", attributes={"tier": 1}))

    data = admin.data(
        """{ interactions { nodes { a: customer { name } b: customer { attributes } }
                            edges { node { customer { segment } } } } }"""
    )

    assert data["interactions"] == {
        "nodes": [{"a": {"name": "Ann"}, "b": {"attributes": {"tier": 1}}}],
        "edges": [{"node": {"customer": {"segment": None}}}],
    }


def test_an_operation_reads_a_bounded_number_of_rows(admin: Asker, acme: BrandRef, monkeypatch: Any) -> None:
    from cxplatform.graphql import context

    page_of_everything(acme, 5)
    monkeypatch.setattr(context.RequestContext, "__init__", _with_few_rows(context.RequestContext.__init__))

    answer = admin.ask("{ interactions { nodes { customer { interactions { nodes { id } } } } } }")

    assert set(codes(answer)) == {"QUERY_TOO_COMPLEX"}


def _with_few_rows(init: Any) -> Any:
    def limited(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        self.rows_left = 12

    return limited
