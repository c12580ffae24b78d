"""A page's statement is written once for all pages of a list, and for nothing else."""

from datetime import timedelta
from typing import Any, cast

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import Agent
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.execution import documents as prepared_documents
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner import reading
from cxplatform.graphql.planner.pages import Pages
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.planned import both_ways
from tests.graphql.rows import START, interaction

SOME = "query ($size: Int, $after: String) { interactions(first: $size, after: $after) { nodes { externalId } } }"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the limit of each page whose statement is written, from now on."""
    prepared_documents.cache_clear()
    limits: list[int] = []
    write = Pages.write

    def writing(self: Pages, out: Any, run: Any, query: PageQuery, parent: str | None = None) -> None:
        limits.append(query.request.limit)
        write(self, out, run, query, parent)

    monkeypatch.setattr(Pages, "write", writing)
    return limits


def _names(asker: Asker, **variables: Any) -> list[str]:
    return [node["externalId"] for node in asker.data(SOME, variables)["interactions"]["nodes"]]


def test_a_statement_is_written_once_for_the_same_values_and_rights(
    askers: dict[Role, Asker], asker: MakeAsker, written: list[int]
) -> None:
    admin, analyst = askers[Role.BRAND_ADMIN], askers[Role.ANALYST]

    first = _names(admin, size=2)
    assert _names(admin, size=2) == _names(asker(Role.BRAND_ADMIN), size=2) == first
    assert written == [2]

    assert _names(admin, size=3)[:2] == first
    assert _names(analyst, size=2) == first
    assert written == [2, 3, 2]


def test_a_statement_that_was_written_shows_what_there_is_by_now(
    askers: dict[Role, Asker], acme: BrandRef, written: list[int]
) -> None:
    before = _names(askers[Role.BRAND_ADMIN], size=50)
    with brand_tx(acme):
        interaction("newest", opened_at=START + timedelta(days=30))

    assert _names(askers[Role.BRAND_ADMIN], size=50) == ["newest", *before]
    assert written == [50]


def test_what_is_written_for_one_brand_is_not_for_another(
    everything: None, asker: MakeAsker, globex: BrandRef, written: list[int]
) -> None:
    theirs = asker(Role.BRAND_ADMIN, brand=globex)

    assert _names(asker(Role.BRAND_ADMIN), size=2)
    assert _names(theirs, size=2) == []
    assert written == [2, 2]


def test_what_only_one_may_see_is_written_anew_for_each(
    askers: dict[Role, Asker], asker: MakeAsker, acme: BrandRef, written: list[int]
) -> None:
    other = asker(Role.AGENT)
    with brand_tx(acme):
        Agent.objects.filter(key="agent 2").update(member_id=other.member_id)

    own, others = _names(askers[Role.AGENT], size=50), _names(other, size=50)

    assert own
    assert others
    assert not {*own} & {*others}
    assert _names(askers[Role.AGENT], size=50) == own
    assert written == [50] * 3


def test_every_page_of_a_list_is_read_by_what_was_written_for_its_first_two(
    askers: dict[Role, Asker], written: list[int]
) -> None:
    document = SOME.replace("nodes", "edges { cursor } nodes")
    everything = _names(askers[Role.BRAND_ADMIN], size=50)
    pages, after = [], None
    for _ in everything:
        found = askers[Role.BRAND_ADMIN].data(document, {"size": 1, "after": after})["interactions"]
        pages += [node["externalId"] for node in found["nodes"]]
        after = found["edges"][-1]["cursor"]

    assert len(everything) == 6
    assert pages == everything
    assert written == [50, 1, 1]


@pytest.mark.parametrize(
    "document",
    [
        "query ($n: Int, $after: String) { interactions(first: 6) { nodes { surveyResponses(first: $n, after: $after)"
        " { edges { cursor } nodes { score } } } } }",
        "query ($n: Int, $after: String) { interactions(first: 6) { ...Below } }"
        " fragment Below on InteractionConnection { nodes { ...Node } }"
        " fragment Node on Interaction { surveyResponses(first: $n, after: $after)"
        " { edges { cursor } nodes { score } } }",
    ],
)
def test_what_variables_say_below_is_minded_each_time(askers: dict[Role, Asker], document: str) -> None:
    admin = askers[Role.BRAND_ADMIN]
    whole = admin.data(document, {"n": 5})["interactions"]["nodes"]
    cursors = [edge["cursor"] for node in whole for edge in node["surveyResponses"]["edges"]]
    assert cursors

    for number, after in [(1, None), (2, None), (5, cursors[0]), (5, cursors[-1]), (1, cursors[0]), (5, None)]:
        planned, unplanned = both_ways(admin, document, {"n": number, "after": after})
        assert planned == unplanned


ASKED = (
    "query ($where: InteractionWhere) { interactions(first: 50, where: $where) { totalCount nodes { externalId } } }"
)


def test_a_list_that_was_read_whole_is_narrowed_by_the_next(askers: dict[Role, Asker]) -> None:
    admin, alone = askers[Role.BRAND_ADMIN], {"externalId": {"eq": "alone"}}
    counts = []
    for where in (None, alone, {"OR": []}, {}, {"subject": {"isNull": True}}, {"NOT": alone}, None, alone):
        planned, unplanned = both_ways(admin, ASKED, {"where": where})
        assert planned == unplanned
        counts.append(dict(dict(planned[0][1])["interactions"])["totalCount"])

    assert counts[:3] == [6, 1, 0]
    assert counts[5:] == [5, 6, 1]


def test_what_may_not_be_filtered_by_is_refused_after_the_list_was_read_whole(askers: dict[Role, Asker]) -> None:
    document = "query ($where: CustomerWhere) { customers(first: 5, where: $where) { nodes { id } } }"
    analyst = askers[Role.ANALYST]

    assert codes(analyst.ask(document)) == []
    assert codes(analyst.ask(document, {"where": {"name": {"eq": "Ann"}}})) == ["FORBIDDEN"]
    assert codes(analyst.ask(document, {"where": {"id": {"eq": "no id"}}})) == ["BAD_USER_INPUT"]
    assert codes(analyst.ask(document)) == []


def test_no_more_statements_are_remembered_than_so_many(askers: dict[Role, Asker]) -> None:
    for size in range(1, 3 * reading._MOST_KEPT):
        _names(askers[Role.BRAND_ADMIN], size=size)

    (plan,) = prepared_documents().prepare(SOME, None).plans._kept.values()
    assert plan is not None
    assert 0 < len(plan.written) <= reading._MOST_KEPT


def test_it_is_noticed_who_asks_who_asks(askers: dict[Role, Asker]) -> None:
    context = RequestContext(cast(Any, object()), None, START, "")

    assert context.is_impersonal(lambda: None)
    assert not context.personal
    assert not context.is_impersonal(lambda: context.viewer)
    assert context.personal
    # What was asked before is another matter, and is not forgotten.
    assert context.is_impersonal(lambda: None)
    assert context.personal
