"""Pages read by a plan say the same as pages read row by row."""

import math
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.graphql.drawn import documents
from tests.graphql.planned import both_ways, read
from tests.graphql.rows import START, interaction

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


@_MANY
@given(document=documents(), role=st.sampled_from((Role.BRAND_ADMIN, Role.BRAND_ADMIN, Role.ANALYST, Role.AGENT)))
def test_a_planned_answer_is_the_unplanned_one(askers: dict[Role, Asker], document: str, role: Role) -> None:
    planned, unplanned = both_ways(askers[role], document, {"size": 3, "yes": True, "no": False})

    assert planned == unplanned


@pytest.mark.parametrize("variables", [{}, {"size": 2}, {"size": 0}])
def test_nothing_of_a_plain_page_is_read_row_by_row(
    askers: dict[Role, Asker], monkeypatch: pytest.MonkeyPatch, variables: dict[str, int]
) -> None:
    planned, unplanned = both_ways(askers[Role.BRAND_ADMIN], PLAIN, variables)
    assert planned == unplanned
    if planned[0][0] == "errors":
        return

    monkeypatch.setattr(PageQuery, "read", _never)
    assert read(askers[Role.BRAND_ADMIN].bytes_of(PLAIN, variables)) == planned


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
    return both_ways(askers[Role.BRAND_ADMIN], f"{{ interactions(first: 1) {{ nodes {{ {fields} }} }} }}", {})


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
