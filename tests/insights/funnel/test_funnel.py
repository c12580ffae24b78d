"""The funnel of a journey: who entered, who went on, who is in it still, and how long it took."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, asker, codes
from tests.journeys.stages.stored import published, stage_all, went

__all__ = ["asker"]

pytestmark = pytest.mark.django_db

FUNNEL = """query($segment: [String!], $journey: String! = "buying", $from: DateTime! = "2026-03-02T00:00:00-05:00") {
  journeyFunnel(journey: $journey, segment: $segment, window: {from: $from, to: "2026-04-01T00:00:00-04:00"}) {
    versionNumber stages { key name entered wentOn stillIn leftOtherwise medianSeconds p90Seconds
      conversion { numerator denominator value interval { low high method } } settledConversion { denominator value } }
  } }"""
DAY = 86_400


@pytest.fixture
def viewer(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> Asker:
    """Five look at the ad; three buy, after 1, 2 and 3 days; one of these gets it, one goes back to the ad."""
    for brand in (acme, globex):
        with brand_tx(brand):
            published()
    with brand_tx(acme):
        for place, who in enumerate("abcde"):
            went("ad", place / 10, customer=who)
        for place, who in enumerate("abc"):
            went("shop", 1 + place + place / 10, customer=who)
        went("parcel", 5, customer="a")
        went("ad", 6, customer="b")
        # Before the window, and again in it.
        went("ad", -20, customer="old")
        went("faq", 3, customer="old")
        Customer.objects.filter(external_id__in="ab").update(segment="pro")
        stage_all()
    return asker(Role.VIEWER)


def stages(viewer: Asker, **variables: Any) -> dict[str, dict[str, Any]]:
    return {each["key"]: each for each in viewer.data(FUNNEL, variables)["journeyFunnel"]["stages"]}


def test_each_stage_tells_what_became_of_those_who_entered_it(viewer: Asker) -> None:
    told = stages(viewer)

    counts = ("entered", "wentOn", "stillIn", "leftOtherwise")
    assert {key: [each[name] for name in counts] for key, each in told.items()} == {
        "look": [5, 3, 2, 0], "buy": [3, 1, 1, 1], "get": [1, 0, 1, 0], "help": [1, 0, 1, 0],
    }  # fmt: skip
    look = told["look"]["conversion"]
    assert (look["numerator"], look["denominator"], look["value"]) == (3, 5, 0.6)
    assert look["interval"] == {"low": pytest.approx(0.2307, abs=1e-4), "high": pytest.approx(0.8824, abs=1e-4),
                                "method": "WILSON"}  # fmt: skip
    assert told["look"]["settledConversion"] == {"denominator": 3, "value": 1.0}
    assert told["get"]["settledConversion"] == {"denominator": 0, "value": None}


def test_who_is_in_a_stage_still_counts_as_lasting(viewer: Asker) -> None:
    told = stages(viewer)

    # Of five, three left after 1, 2 and 3 days: half have after 3, and nobody knows when nine of ten will.
    assert told["look"]["medianSeconds"] == pytest.approx(3 * DAY, rel=0.01)
    assert told["look"]["p90Seconds"] is None
    assert told["get"]["medianSeconds"] is None


def test_a_segment_is_a_filter_and_a_window_begins_when_it_does(viewer: Asker) -> None:
    assert stages(viewer, segment=["pro"])["look"]["entered"] == 2
    assert stages(viewer, segment=["nobody"])["look"]["conversion"]["value"] is None
    later = stages(viewer, **{"from": "2026-03-07T00:00:00-05:00"})
    assert (later["look"]["entered"], later["look"]["stillIn"], later["buy"]["entered"]) == (1, 1, 0)


def test_a_journey_that_is_not_in_force_has_no_funnel(viewer: Asker) -> None:
    assert viewer.data(FUNNEL, {"journey": "nowhere"}) == {"journeyFunnel": None}


def test_whoever_sees_its_own_work_only_sees_no_funnel(viewer: Asker, asker: MakeAsker) -> None:
    assert codes(asker(Role.AGENT).ask(FUNNEL)) == ["FORBIDDEN"]


def test_another_brands_customers_are_in_no_funnel(viewer: Asker, asker: MakeAsker, globex: BrandRef) -> None:
    theirs = stages(asker(Role.VIEWER, brand=globex))

    assert {each["entered"] for each in theirs.values()} == {0}
