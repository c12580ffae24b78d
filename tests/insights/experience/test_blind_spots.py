"""Groups of customers over the API: segments and touchpoints that hide a bad experience, and who may see what."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.insights.experience.asking import Asked
from apps.insights.experience.groups import Grouping, blind_spots
from apps.metrics.definitions.vocabulary import DimensionKey
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import (
    MARCH,
    NOW,
    SPAN,
    content,
    dana,
    names,
    served_well_on_a_bad_journey,
    told,
    unhappy,
)

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
GROUPS = """query($window: WindowInput!, $by: BlindSpotGrouping! = SEGMENT, $where: ExperienceWhere, $fewest: Int! = 30,
                  $goodFrom: Float! = 0.75) {
  blindSpots(window: $window, by: $by, where: $where, fewest: $fewest, goodFrom: $goodFrom) {
    groups { key label customers suppressed paired pairs delta interval { low high method } pValue significant
             quadrant found service { value good of interval { low high } } experience { value good of } }
    quadrants { quadrant customers beyondChance } offenders { touchpoint customers reasons } } }"""


@pytest.fixture
def hidden_by_service(acme: BrandRef, db: None) -> None:
    """Of two segments one is served well on a bad journey; and a third is too small to show."""
    with told(acme) as brand:
        content(brand, names("happy", 35), "plus")
        served_well_on_a_bad_journey(brand, names("blind", 40), "basic")
        content(brand, names("rare", 3), "rare")
        dana(brand)


def test_the_segment_whose_service_hides_its_experience_is_found(hidden_by_service: None, asker: MakeAsker) -> None:
    found = asker(Role.ANALYST).data(GROUPS, {"window": SPAN})["blindSpots"]

    groups = {group["key"]: group for group in found["groups"]}
    basic = groups["basic"]
    assert (basic["found"], basic["quadrant"], basic["paired"], basic["pairs"]) == (True, "BLIND_SPOT", True, 40)
    assert (basic["service"]["value"], basic["experience"]["value"], basic["delta"]) == (1.0, 0.0, 1.0)
    assert basic["interval"]["method"] == "NEWCOMBE_PAIRED"
    assert basic["interval"]["low"] > 0.8


def test_few_answers_of_a_segment_are_hidden_and_so_is_what_would_give_them_away(
    hidden_by_service: None, asker: MakeAsker
) -> None:
    groups = asker(Role.ANALYST).data(GROUPS, {"window": SPAN})["blindSpots"]["groups"]

    hidden = {group["key"]: group for group in groups if group["suppressed"]}
    # The smallest of the others with it: else the total less what is shown would tell.
    assert set(hidden) == {"rare", "plus"}
    assert all(group["service"] is None and group["delta"] is None and not group["found"] for group in hidden.values())


def test_the_touchpoint_that_pulls_down_is_found_and_told_with_reasons(
    hidden_by_service: None, asker: MakeAsker
) -> None:
    found = asker(Role.VIEWER).data(GROUPS, {"window": SPAN, "by": "TOUCHPOINT"})["blindSpots"]

    checkout = next(group for group in found["groups"] if group["key"] == "checkout")
    assert (checkout["found"], checkout["quadrant"], checkout["service"]["good"]) == (True, "BLIND_SPOT", 40)
    assert {each["quadrant"]: each["customers"] for each in found["quadrants"]} == {
        "BOTH_GOOD": 38, "BLIND_SPOT": 41, "SERVICE_DRAG": 0, "BOTH_BAD": 0, "UNCLEAR": 0,
    }  # fmt: skip
    assert found["offenders"][0]["touchpoint"] == "checkout"
    assert found["offenders"][0]["customers"] == 41
    assert found["offenders"][0]["reasons"] == ["42 failed", "41 went with friction"]


def test_a_brand_in_which_both_agree_shows_none(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 50), "plus")
        unhappy(brand, names("sad", 50), "basic")

    for by in ("BRAND", "SEGMENT", "TOUCHPOINT"):
        groups = asker(Role.ANALYST).data(GROUPS, {"window": SPAN, "by": by})["blindSpots"]["groups"]
        assert [group["found"] for group in groups] == [False] * len(groups)


def test_somebody_who_answered_twice_counts_once_by_the_latest(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("ana").answered("CSAT", 1, 5).answered("NPS", 10, 2)
        brand.customer("ben").answered("CSAT", 5)

    (all_,) = asker(Role.VIEWER).data(GROUPS, {"window": SPAN, "by": "BRAND", "fewest": 1})["blindSpots"]["groups"]

    assert (all_["service"]["good"], all_["service"]["of"]) == (2, 2)
    assert (all_["experience"]["good"], all_["experience"]["of"], all_["pairs"]) == (0, 1, 1)


def test_another_brand_is_no_part_of_it(hidden_by_service: None, globex: BrandRef, asker: MakeAsker) -> None:
    theirs = asker(Role.VIEWER, brand=globex).data(GROUPS, {"window": SPAN, "by": "TOUCHPOINT"})["blindSpots"]

    assert (theirs["groups"], theirs["offenders"]) == ([], [])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"where": {"segment": ["plus"]}}, None),
        ({"fewest": 0}, "fewest"),
        ({"goodFrom": 1.0}, "goodFrom"),
        ({"window": {"from": SPAN["from"], "to": MARCH.end.replace(hour=9).isoformat()}}, "window.to"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, Any], field: str | None, asker: MakeAsker) -> None:
    answer = asker(Role.BRAND_ADMIN).ask(GROUPS, {"window": SPAN, **given})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"].get("field") == field


def test_no_filter_narrows_answers_to_segments(acme: BrandRef) -> None:
    asked = Asked(MARCH, NOW, ((DimensionKey.SEGMENT, ("plus",)),))

    with brand_tx(acme), pytest.raises(BadInput, match="segments are told apart"):
        blind_spots(asked, Grouping.BRAND, good_from=0.75, fewest=30)


def test_whoever_sees_no_answers_is_not_told_of_segments(asker: MakeAsker) -> None:
    viewer = asker(Role.VIEWER)

    assert codes(viewer.ask(GROUPS, {"window": SPAN, "by": "SEGMENT"})) == ["FORBIDDEN"]
    assert codes(viewer.ask(GROUPS, {"window": SPAN, "by": "TOUCHPOINT"})) == []


def test_whose_role_sees_its_own_work_alone_is_told_nothing_of_all(asker: MakeAsker) -> None:
    assert codes(asker(Role.AGENT).ask(GROUPS, {"window": SPAN})) == ["FORBIDDEN"]
