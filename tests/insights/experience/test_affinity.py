"""Who stays and likes it, who stays and does not, and who suffers without a word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.metrics.models import LifetimeFit
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import MARCH, SPAN, START, Brand, Person, told

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
AFFINITY = """query($window: WindowInput!) { affinity(window: $window) {
  stayed { retained promoters passives detractors unanswered } left { promoters passives detractors unanswered }
  captive { value good of interval { low high } } promotersStay { value of } detractorsStay { value of } pValue } }"""
CAPTIVE = """query($window: WindowInput!, $first: Int, $after: String) {
  captiveCustomers(window: $window, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { score node { externalId } } } }"""
SILENT = """query($window: WindowInput!, $least: Int! = 2, $most: Float! = 0.5) {
  silentSufferers(window: $window, leastTroubles: $least, mostPAlive: $most) {
    totalCount edges { troubles pAlive pAliveBefore node { externalId } } } }"""


def member(brand: Brand, name: str, *, left: bool = False) -> Person:
    gone = START + timedelta(days=20) if left else None
    return brand.customer(name, joined_at=LONG_AGO, churned_at=gone)


@pytest.fixture
def mixed(acme: BrandRef, db: None) -> None:
    with told(acme) as brand:
        for number, score in enumerate((10, 9, 9, 8, 6, 3)):
            member(brand, f"stays-{number}").answered("NPS", score)
        member(brand, "leaves-1", left=True).answered("NPS", 2)
        member(brand, "leaves-2", left=True)
        brand.customer("new", joined_at=START).answered("NPS", 0)


def test_staying_is_told_apart_from_liking(mixed: None, asker: MakeAsker) -> None:
    found = asker(Role.VIEWER).data(AFFINITY, {"window": SPAN})["affinity"]

    assert found["stayed"] == {"retained": True, "promoters": 3, "passives": 1, "detractors": 2, "unanswered": 0}
    assert found["left"] == {"promoters": 0, "passives": 0, "detractors": 1, "unanswered": 1}
    assert (found["captive"]["value"], found["captive"]["of"]) == (pytest.approx(1 / 3), 6)
    assert (found["promotersStay"], found["detractorsStay"]) == ({"value": 1.0, "of": 3}, {"value": 2 / 3, "of": 3})
    assert found["pValue"] == pytest.approx(0.2733, abs=1e-4)


def test_captive_customers_are_listed_the_unhappiest_first(mixed: None, asker: MakeAsker) -> None:
    viewer = asker(Role.ANALYST)

    first = viewer.data(CAPTIVE, {"window": SPAN, "first": 1})["captiveCustomers"]
    then = viewer.data(CAPTIVE, {"window": SPAN, "first": 1, "after": first["pageInfo"]["endCursor"]})[
        "captiveCustomers"
    ]

    assert first["edges"] == [{"score": 3, "node": {"externalId": "stays-5"}}]
    assert then["edges"] == [{"score": 6, "node": {"externalId": "stays-4"}}]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"], then["pageInfo"]["hasNextPage"]) == (2, True, False)


def test_who_suffers_without_a_word_is_listed(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        member(brand, "silent").met("site", "RX").met("delivery", "S", promise="soon", promise_kept=False)
        member(brand, "speaks").met("site", "RX").called()
        member(brand, "left", left=True).met("site", "RX")
        member(brand, "once").met("site", "RS")

    found = asker(Role.ANALYST).data(SILENT, {"window": SPAN})["silentSufferers"]
    once = asker(Role.ANALYST).data(SILENT, {"window": SPAN, "least": 1})["silentSufferers"]

    assert found["edges"] == [{"troubles": 3, "pAlive": None, "pAliveBefore": None, "node": {"externalId": "silent"}}]
    assert (found["totalCount"], once["totalCount"]) == (1, 2)


def test_with_a_model_only_who_is_likely_gone_or_going_counts(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        for name in ("regular", "lost", "never-bought"):
            member(brand, name).met("site", "RX")
    with brand_tx(acme):
        told_ = {"r": 0.3, "alpha": 10.0, "a": 0.8, "b": 2.5, "usual_gap_days": 30.0}
        LifetimeFit.objects.create(fitted_at=START, customers=300, repeating=200, **told_)
        _buys("regular", [MARCH.end - timedelta(days=days) for days in (1, 40, 80)])
        _buys("lost", [MARCH.end - timedelta(days=300 + days) for days in range(0, 50, 5)])

    found = asker(Role.ANALYST).data(SILENT, {"window": SPAN})["silentSufferers"]

    assert [edge["node"]["externalId"] for edge in found["edges"]] == ["lost"]
    assert found["edges"][0]["pAlive"] < found["edges"][0]["pAliveBefore"] < 0.5


def _buys(name: str, moments: list[datetime]) -> None:
    customer = Customer.objects.get(external_id=name)
    for number, moment in enumerate(moments):
        Order.objects.create(
            external_id=f"{name}-{number}", customer=customer, ordered_at=moment, amount=5, currency="USD"
        )


@pytest.mark.parametrize(
    ("query", "role", "given", "code"),
    [
        (CAPTIVE, Role.VIEWER, {}, "FORBIDDEN"),
        (SILENT, Role.VIEWER, {}, "FORBIDDEN"),
        (AFFINITY, Role.AGENT, {}, "FORBIDDEN"),
        (SILENT, Role.ANALYST, {"least": 0}, "BAD_USER_INPUT"),
        (SILENT, Role.ANALYST, {"most": 0.0}, "BAD_USER_INPUT"),
    ],
)
def test_who_may_not_ask_and_what_makes_no_sense_is_refused(
    query: str, role: Role, given: dict[str, Any], code: str, asker: MakeAsker
) -> None:
    assert codes(asker(role).ask(query, {"window": SPAN, **given})) == [code]
