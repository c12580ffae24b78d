"""Pages read by a plan say the same as pages read row by row."""

import json
import math
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Agent
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.execution import documents as prepared_documents
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner import reading
from cxplatform.graphql.planner.memo import Plans
from cxplatform.graphql.planner.pages import Pages
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.drawn import documents
from tests.graphql.rows import START, interaction, page_of_everything

_MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PLAIN = """query ($size: Int) {
  interactions(first: $size) {
    nodes {
      __typename id externalId channel openedAt waitSeconds transfers subject
      customer { id name orders(first: 1) { totalCount nodes { amount currency } } }
      surveyResponses(first: 5) { edges { cursor node { score } } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage startCursor }
  }
}"""


@pytest.fixture
def everything(db: None, acme: BrandRef) -> None:
    """Five contacts with all that belongs to them, one about which nothing else is known, and an order of each kind."""
    page_of_everything(acme, 5)
    with brand_tx(acme):
        interaction("alone", opened_at=START, wait_seconds=1.5, reopened_at=[START])
        payer = Customer.objects.get(external_id="c0")
        for number, kind in enumerate(("PURCHASE", "REFUND", "PURCHASE")):
            Order.objects.create(
                external_id=f"o{number}", customer=payer, ordered_at=START, amount=5, currency="EUR",
                kind=kind,
            )  # fmt: skip


@pytest.fixture
def askers(everything: None, asker: MakeAsker, acme: BrandRef) -> dict[Role, Asker]:
    """Who sees all, who sees no personal data, who sees its own work alone, and who sees no rows."""
    found = {role: asker(role) for role in (Role.BRAND_ADMIN, Role.ANALYST, Role.AGENT, Role.VIEWER)}
    with brand_tx(acme):
        Agent.objects.filter(key="agent 1").update(member_id=found[Role.AGENT].member_id)
    return found


def _both_ways(asker: Asker, document: str, variables: dict[str, Any]) -> tuple[Any, Any]:
    """Return both answers as they are read, fields in their order."""
    planned = _read(asker.bytes_of(document, variables))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plans, "of", lambda *_: None)
        return planned, _read(asker.bytes_of(document, variables))


def _read(body: bytes) -> Any:
    """Read the data and the errors; what was charged depends on how the rows were read."""
    return [pair for pair in json.loads(body, object_pairs_hook=list) if pair[0] != "extensions"]


@_MANY
@given(document=documents(), role=st.sampled_from((Role.BRAND_ADMIN, Role.BRAND_ADMIN, Role.ANALYST, Role.AGENT)))
def test_a_planned_answer_is_the_unplanned_one(askers: dict[Role, Asker], document: str, role: Role) -> None:
    planned, unplanned = _both_ways(askers[role], document, {"size": 3, "yes": True, "no": False})

    assert planned == unplanned


@pytest.mark.parametrize("variables", [{}, {"size": 2}, {"size": 0}])
def test_nothing_of_a_plain_page_is_read_row_by_row(
    askers: dict[Role, Asker], monkeypatch: pytest.MonkeyPatch, variables: dict[str, int]
) -> None:
    planned, unplanned = _both_ways(askers[Role.BRAND_ADMIN], PLAIN, variables)
    assert planned == unplanned
    if planned[0][0] == "errors":
        return

    monkeypatch.setattr(PageQuery, "read", _never)
    assert _read(askers[Role.BRAND_ADMIN].bytes_of(PLAIN, variables)) == planned


def _never(*_: object) -> None:
    raise AssertionError("read row by row")


def test_conditions_are_minded_each_time(askers: dict[Role, Asker]) -> None:
    document = (
        "query ($with: Boolean!) { customers(first: 1) { nodes { id @skip(if: $with) name @include(if: $with) } } }"
    )

    answers = [askers[Role.BRAND_ADMIN].data(document, {"with": value}) for value in (True, False, True)]

    (named,), (identified,), again = (answer["customers"]["nodes"] for answer in answers)
    assert list(named) == ["name"]
    assert list(identified) == ["id"]
    assert again == [named]


def test_a_plan_made_for_an_administrator_shows_an_analyst_no_personal_data(askers: dict[Role, Asker]) -> None:
    document = "{ customers(first: 1) { nodes { id name } } }"
    shown = askers[Role.BRAND_ADMIN].data(document)["customers"]["nodes"][0]

    refused = askers[Role.ANALYST].ask(document)

    assert shown["name"]
    assert refused["data"]["customers"]["nodes"] == [{"id": shown["id"], "name": None}]
    assert codes(refused) == ["FORBIDDEN"]
    assert codes(askers[Role.VIEWER].ask(document)) == ["FORBIDDEN"]


def _one(acme: BrandRef, **columns: Any) -> None:
    with brand_tx(acme):
        interaction("odd", opened_at=START + timedelta(days=1), **columns)


def _newest(askers: dict[Role, Asker], fields: str) -> tuple[Any, Any]:
    return _both_ways(askers[Role.BRAND_ADMIN], f"{{ interactions(first: 1) {{ nodes {{ {fields} }} }} }}", {})


@pytest.mark.parametrize(
    "text",
    [
        r'"\u0000"',
        r"\u0000",
        'quotes " and \\ and /',
        "line\nends\r\tand \x01\x7f\u2028",
        "é 😀 \U0010ffff",
        "",
        "100 % %s",
    ],
)
def test_a_text_is_written_as_it_is(askers: dict[Role, Asker], acme: BrandRef, text: str) -> None:
    _one(acme, subject=text)

    planned, unplanned = _newest(askers, "subject")

    assert planned == unplanned
    assert _shown(planned) == [("subject", text)]


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (timedelta(0), ""),
        (timedelta(milliseconds=500), ".5"),
        (timedelta(microseconds=1), ".000001"),
        (timedelta(microseconds=120), ".00012"),
    ],
)
def test_an_instant_has_the_digits_it_needs(
    askers: dict[Role, Asker], acme: BrandRef, fraction: timedelta, written: str
) -> None:
    moment = START + timedelta(days=2) + fraction
    told = f"{START + timedelta(days=2):%Y-%m-%dT%H:%M:%S}{written}+00:00"
    _one(acme, resolved_at=moment, reopened_at=[moment])

    planned, unplanned = _newest(askers, "resolvedAt reopenedAt")

    assert planned == unplanned
    assert _shown(planned) == [("resolvedAt", told), ("reopenedAt", [told])]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_is_told_by_the_ordinary_way(
    askers: dict[Role, Asker], acme: BrandRef, number: float
) -> None:
    _one(acme, wait_seconds=number)

    planned, unplanned = _newest(askers, "externalId waitSeconds")

    assert planned == unplanned
    assert planned[0][0] == "errors"


@pytest.mark.parametrize("name", ["j", "read", "cx", "row1", "node2", "page", "items", "x" * 63, "x" * 64])
def test_a_field_may_be_called_anything(askers: dict[Role, Asker], acme: BrandRef, name: str) -> None:
    _one(acme)
    fields = f"{name}: externalId queue {{ {name}: key }} surveyResponses {{ {name}: nodes {{ {name}: score }} }}"

    planned, unplanned = _newest(askers, fields)

    assert planned == unplanned
    assert _shown(planned)[0] == (name, "odd")


def _shown(read: Any) -> Any:
    """Return the fields of the one node of the one page."""
    return [tuple(pair) for pair in read[0][1][0][1][0][1][0]]


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
        planned, unplanned = _both_ways(admin, document, {"n": number, "after": after})
        assert planned == unplanned


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
