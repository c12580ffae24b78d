"""Stored scores: reckoned in the background, in steps; what lists are narrowed and ordered by."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import UNSCORED, Customer
from apps.insights.health import refreshing
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, admin, asker
from tests.insights.health.test_reading import DAY, now
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker", "now"]

LISTED = """query($where: CustomerWhere, $by: [CustomerOrderBy!], $first: Int, $after: String) {
  customers(where: $where, orderBy: $by, first: $first, after: $after) {
    nodes { externalId healthScore health { score } } pageInfo { endCursor hasNextPage } } }"""
WORST_FIRST = [{"field": "HEALTH"}]


def refresh(brand: BrandRef) -> None:
    refreshing.score_daily(brand)
    run_due(brand)


def listed(asker: Asker, **asked: Any) -> list[str]:
    return [node["externalId"] for node in asker.data(LISTED, asked)["customers"]["nodes"]]


def stored(brand: BrandRef) -> dict[str, tuple[float | None, float]]:
    with brand_tx(brand):
        rows = Customer.objects.values_list("external_id", "health_score", "health_order")
        return {name: tuple(rest) for name, *rest in rows}


@pytest.fixture
def refreshed(now: datetime, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> BrandRef:
    """The five customers of `test_reading`, in steps of two."""
    monkeypatch.setattr(refreshing, "CUSTOMERS_A_STEP", 2)
    refresh(acme)
    return acme


def test_a_score_is_stored_as_it_is_reckoned_on_reading(refreshed: BrandRef, admin: Asker) -> None:
    nodes = admin.data(LISTED)["customers"]["nodes"]

    assert {node["externalId"]: node["healthScore"] for node in nodes} == {
        "ann": 63.0, "left": 0.0, "new": None, "silent": None, "unknown": None
    }  # fmt: skip
    assert all(node["healthScore"] == node["health"]["score"] for node in nodes)
    assert stored(refreshed)["unknown"] == (None, UNSCORED)


def test_who_fares_worst_is_first_and_who_has_no_score_last_page_by_page(refreshed: BrandRef, admin: Asker) -> None:
    assert listed(admin, by=WORST_FIRST)[:2] == ["left", "ann"]
    assert listed(admin, by=[{"field": "HEALTH", "direction": "DESC"}])[-2:] == ["ann", "left"]

    found, after = [], None
    for _ in range(3):
        page = admin.data(LISTED, {"by": WORST_FIRST, "first": 2, "after": after})["customers"]
        found += [node["externalId"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert found == listed(admin, by=WORST_FIRST)
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        ({"eq": "BAD"}, {"left"}),
        ({"eq": "FAIR"}, {"ann"}),
        ({"oneOf": ["BAD", "FAIR"]}, {"left", "ann"}),
        ({"oneOf": []}, set()),
        ({"eq": "GOOD"}, set()),
        ({"isNull": True}, {"new", "silent", "unknown"}),
        ({"isNull": False}, {"left", "ann"}),
    ],
)
def test_customers_are_found_by_how_they_fare(
    refreshed: BrandRef, admin: Asker, health: dict[str, Any], expected: set[str]
) -> None:
    assert set(listed(admin, where={"health": health})) == expected


def test_it_is_asked_for_once_a_day_and_done_again_it_writes_nothing(refreshed: BrandRef, now: datetime) -> None:
    refreshing.score_daily(refreshed)
    with brand_tx(refreshed):
        assert Job.objects.filter(kind=refreshing.JOB_KIND).count() == 1
        keys = list(Customer.objects.values_list("pk", flat=True))
        assert refreshing.score(keys, now=now) == 0

    with time_machine.travel(now + DAY + timedelta(minutes=1), tick=False):
        refreshing.score_daily(refreshed)
    with brand_tx(refreshed):
        assert Job.objects.filter(kind=refreshing.JOB_KIND).count() == 2


def test_what_becomes_of_a_customer_is_stored_the_next_time(refreshed: BrandRef, now: datetime) -> None:
    with brand_tx(refreshed):
        Customer.objects.filter(external_id="ann").update(churned_at=now)

    with time_machine.travel(now + DAY + timedelta(minutes=1), tick=False):
        refresh(refreshed)

    assert stored(refreshed)["ann"] == (0.0, 0.0)


def test_who_is_merged_or_split_is_scored_at_once(refreshed: BrandRef, now: datetime, admin: Asker) -> None:
    with brand_tx(refreshed):
        keys = dict(Customer.objects.values_list("external_id", "pk"))
        merge_customers(actor=viewer(), survivor_id=keys["new"], merged_id=keys["ann"], now=now)

    # All but her purchases' model, which is made anew, is the survivor's by now.
    assert (stored(refreshed)["new"], stored(refreshed)["ann"]) == ((65.5, 65.5), (None, UNSCORED))
    assert "ann" not in listed(admin, by=WORST_FIRST)

    with brand_tx(refreshed):
        split_customer(actor=viewer(), identity_id=keys["ann"], now=now)

    assert (stored(refreshed)["new"], stored(refreshed)["ann"]) == ((None, UNSCORED), (65.5, 65.5))
