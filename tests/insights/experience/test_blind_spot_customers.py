"""Customers in the four quadrants: Dana is found with her reasons, and who agrees with herself is not."""

import statistics
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.insights.experience import people
from apps.insights.experience.asking import Asked
from apps.insights.experience.quality import Quadrant
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import MARCH, NOW, SPAN, content, dana, names, told, unhappy

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
ASKED = Asked(MARCH, NOW)
CUSTOMERS = """query($window: WindowInput!, $quadrant: ExperienceQuadrant! = BLIND_SPOT, $first: Int, $after: String,
                     $beyond: Boolean! = true, $where: ExperienceCustomersWhere) {
  blindSpotCustomers(window: $window, quadrant: $quadrant, first: $first, after: $after, beyondChance: $beyond,
                     where: $where) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { externalId segment } service { z error } experience { z error } pValue beyondChance
            signals { signal items z } offenders { touchpoint customers reasons } } } }"""
NAMES = "query($window: WindowInput!) { blindSpotCustomers(window: $window) { nodes { name } } }"


@pytest.fixture
def two_kinds_and_dana(acme: BrandRef, db: None) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 30))
        unhappy(brand, names("sad", 30))
        dana(brand)


def counts(acme: BrandRef) -> list[int]:
    with brand_tx(acme):
        return [each.customers for each in people.summary(ASKED).quadrants]


def test_dana_is_found_alone_and_the_touchpoints_that_failed_her_are_named(
    two_kinds_and_dana: None, asker: MakeAsker
) -> None:
    found = asker(Role.ANALYST).data(CUSTOMERS, {"window": SPAN})["blindSpotCustomers"]

    (edge,) = found["edges"]
    assert (found["totalCount"], edge["node"]) == (1, {"externalId": "dana", "segment": "plus"})
    assert (edge["beyondChance"], edge["pValue"] < 0.05) == (True, True)
    assert edge["service"]["z"] > 0 > edge["experience"]["z"]
    assert [(each["signal"], each["items"]) for each in edge["signals"]] == [
        ("CSAT", 1), ("FIRST_CONTACT_RESOLUTION", 1), ("FIRST_RESPONSE", 1),
        ("EFFORT", 1), ("NPS", 1), ("OUTCOME", 3), ("PROMISE", 1),
    ]  # fmt: skip
    assert {each["touchpoint"]: each["reasons"] for each in edge["offenders"]} == {
        "delivery": ["1 failed", "1 promise was broken"],
        "checkout": ["2 failed", "1 went with friction"],
        "site": ["1 went with friction"],
    }
    assert edge["offenders"][0]["touchpoint"] == "delivery"


def test_a_brand_in_which_both_agree_has_no_blind_spot(acme: BrandRef) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 40))
        unhappy(brand, names("sad", 40))

    assert counts(acme) == [40, 0, 0, 40, 0]
    with brand_tx(acme):
        assert people.summary(ASKED).offenders == []


def test_a_brand_in_which_all_goes_well_for_everybody_has_none_either(acme: BrandRef) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 60))

    assert counts(acme) == [60, 0, 0, 0, 0]


def test_one_answer_a_side_places_a_customer_but_is_no_more_than_chance(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 20))
        brand.customer("thin").answered("CSAT", 4).answered("NPS", 5)
    viewer = asker(Role.ANALYST)

    sure = viewer.data(CUSTOMERS, {"window": SPAN})["blindSpotCustomers"]
    all_ = viewer.data(CUSTOMERS, {"window": SPAN, "beyond": False})["blindSpotCustomers"]

    assert sure["edges"] == []
    assert [(edge["node"]["externalId"], edge["beyondChance"]) for edge in all_["edges"]] == [("thin", False)]


def test_pages_follow_each_other_and_a_filter_of_segments_narrows(two_kinds_and_dana: None, asker: MakeAsker) -> None:
    viewer, seen, after = asker(Role.BRAND_ADMIN), [], None
    while True:
        asked = {"window": SPAN, "quadrant": "BOTH_BAD", "first": 12, "after": after}
        page = viewer.data(CUSTOMERS, asked)["blindSpotCustomers"]
        seen += [edge["node"]["externalId"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    plus = viewer.data(CUSTOMERS, {"window": SPAN, "where": {"segment": ["plus"]}})["blindSpotCustomers"]
    none = viewer.data(CUSTOMERS, {"window": SPAN, "where": {"segment": ["other"]}})["blindSpotCustomers"]

    assert sorted(seen) == sorted(names("sad", 30))
    assert (plus["totalCount"], none["totalCount"]) == (1, 0)


def test_each_side_is_the_mean_of_its_signals_in_the_brands_own_deviations(acme: BrandRef) -> None:
    with told(acme) as brand:
        brand.customer("ana").answered("CSAT", 5).answered("NPS", 2)
        brand.customer("ben").answered("CSAT", 2).answered("NPS", 9).met("checkout", "S")
        brand.customer("cleo").answered("CSAT", 4).answered("NPS", 6).met("checkout", "X")

    with brand_tx(acme):
        (ana,) = people.standings(ASKED, Quadrant.BLIND_SPOT, sure=False, after=None, limit=10)[:1]

    csat, nps = max(0.5, statistics.pstdev([5, 2, 4])), max(1.0, statistics.pstdev([2, 9, 6]))
    assert ana.service.z == pytest.approx((5 - 3.5) / csat)
    assert ana.experience.z == pytest.approx((2 - 6.5) / nps)
    assert (ana.service.error, ana.experience.error) == (1.0, 1.0)


def test_what_happened_outside_the_window_tells_nothing(two_kinds_and_dana: None, acme: BrandRef) -> None:
    early = Asked(Window(MARCH.start.replace(month=1), MARCH.start), NOW)

    with brand_tx(acme):
        assert sum(each.customers for each in people.summary(early).quadrants) == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT])
def test_who_may_not_drill_down_is_told_no_names(role: Role, asker: MakeAsker) -> None:
    assert codes(asker(role).ask(CUSTOMERS, {"window": SPAN})) == ["FORBIDDEN"]


def test_an_analyst_sees_whom_but_no_personal_data(two_kinds_and_dana: None, asker: MakeAsker) -> None:
    assert codes(asker(Role.ANALYST).ask(NAMES, {"window": SPAN})) == ["FORBIDDEN"]
    assert asker(Role.BRAND_ADMIN).data(NAMES, {"window": SPAN})["blindSpotCustomers"]["nodes"] == [{"name": "Dana"}]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"where": {"queue": ["x"]}}, None),
        ({"after": "x"}, None),
        ({"window": {"from": "2024-01-01T00:00:00-05:00", "to": "2026-01-01T00:00:00-05:00"}}, "window.to"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, Any], field: str | None, asker: MakeAsker) -> None:
    answer = asker(Role.ANALYST).ask(CUSTOMERS, {"window": SPAN, **given})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"].get("field") == field
