"""Pages read by a plan say the same, byte for byte, as pages read row by row."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Agent
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.memo import Plans
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


def _both_ways(asker: Asker, document: str, variables: dict[str, Any]) -> tuple[bytes, bytes]:
    planned = asker.bytes_of(document, variables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plans, "of", lambda *_: None)
        return planned, asker.bytes_of(document, variables)


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
    if codes(orjson.loads(planned)):
        return

    monkeypatch.setattr(PageQuery, "read", _never)
    assert askers[Role.BRAND_ADMIN].bytes_of(PLAIN, variables) == planned


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
