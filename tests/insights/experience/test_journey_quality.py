"""Recommendation by quality, and consistency, over the API."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.journeys.models import Department, Journey, JourneyStage, JourneyVersion, Placement, Touchpoint
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import SPAN, content, names, served_well_on_a_bad_journey, told, unhappy

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
BY_QUALITY = """query($window: WindowInput!, $where: ExperienceWhere) {
  recommendationByQuality(window: $window, where: $where) {
    cells { journeyGood serviceGood answers promoters detractors nps interval { low high } }
    onBadJourney { points pValue interval { low high } } onGoodJourney { points } interaction { points } } }"""
CONSISTENCY = """query($version: ID!, $window: WindowInput!) { journeyConsistency(version: $version, window: $window) {
    links { touchpoint weight share { value of } } tooFew { touchpoint } mean cv interval { low high } iqr pValue
    weakest { touchpoint share { value } } weakestPValue } }"""


def mapped(*touchpoints: str) -> JourneyVersion:
    """Put touchpoints into a version in force, each of the same weight."""
    owner = Department.objects.create(key="shop", name="Shop", created_at=SINCE)
    journey = Journey.objects.create(key="buying", name="Buying", created_at=SINCE)
    version = JourneyVersion.objects.create(
        journey=journey, number=1, state="PUBLISHED", effective_from=SINCE, created_at=SINCE, published_at=SINCE
    )
    stage = JourneyStage.objects.create(version=version, position=0, key="buy", kind="PURCHASE", name="Buy")
    for place, key in enumerate(touchpoints):
        Placement.objects.create(
            version=version, stage=stage, position=place, touchpoint=Touchpoint.objects.get_or_create(key=key)[0],
            name=key.title(), channel="WEB", owner=owner, is_moment_of_truth=False, weight=20,
        )  # fmt: skip
    return version


def test_recommendation_is_told_by_journey_and_service(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 30))
        unhappy(brand, names("sad", 20))
        served_well_on_a_bad_journey(brand, names("blind", 20))
        # Its journey went wrong after it was asked.
        brand.customer("later").called(20).answered("CSAT", 5).answered("CES_7", 7).answered("NPS", 10).met(
            "site", "XX"
        )

    found = asker(Role.VIEWER).data(BY_QUALITY, {"window": SPAN})["recommendationByQuality"]

    cells = {(cell["journeyGood"], cell["serviceGood"]): cell for cell in found["cells"]}
    assert {place: cell["answers"] for place, cell in cells.items()} == {
        (True, True): 31, (True, False): 0, (False, True): 20, (False, False): 20,
    }  # fmt: skip
    assert (cells[False, True]["nps"], cells[False, False]["nps"]) == (-100, -100)
    assert (cells[True, False]["nps"], cells[True, False]["interval"]) == (None, None)
    assert found["onBadJourney"]["points"] == 0
    assert (found["onGoodJourney"], found["interaction"]) == (None, None)


def test_the_weakest_link_of_a_journey_is_named(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 15))
        unhappy(brand, names("sad", 15))
        version = mapped("checkout", "delivery", "returns")
    token = global_id("JourneyVersion", version.pk)

    found = asker(Role.VIEWER).data(CONSISTENCY, {"version": token, "window": SPAN})["journeyConsistency"]

    assert [(link["touchpoint"], link["share"]) for link in found["links"]] == [
        ("checkout", {"value": 0.5, "of": 30}), ("delivery", {"value": 1.0, "of": 15}),
    ]  # fmt: skip
    assert ([link["touchpoint"] for link in found["tooFew"]], found["weakest"]["touchpoint"]) == (
        ["returns"],
        "checkout",
    )
    assert (found["mean"], found["cv"]) == (0.75, pytest.approx(1 / 3))
    assert found["weakestPValue"] < 0.01


def test_of_a_journey_nobody_went_through_there_is_nothing_to_say(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme):
        version = mapped("checkout", "delivery")

    found = asker(Role.VIEWER).data(CONSISTENCY, {"version": global_id("JourneyVersion", version.pk), "window": SPAN})[
        "journeyConsistency"
    ]

    assert (found["links"], len(found["tooFew"]), found["cv"], found["weakest"]) == ([], 2, None, None)


@pytest.mark.parametrize(
    ("query", "given", "code"),
    [
        (BY_QUALITY, {"where": {"segment": ["plus"]}}, "BAD_USER_INPUT"),
        (CONSISTENCY, {"version": global_id("JourneyVersion", uuid7())}, "NOT_FOUND"),
    ],
)
def test_what_is_not_there_or_would_tell_too_much_is_refused(
    query: str, given: dict[str, Any], code: str, asker: MakeAsker
) -> None:
    assert codes(asker(Role.VIEWER).ask(query, {"window": SPAN, **given})) == [code]
