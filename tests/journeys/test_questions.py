"""Comparing versions and what they lack, through the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.customers.models import Customer
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.journeys.mapped import at, department, draft, journey, promise, published, stage

COMPARE = """query($from: ID!, $to: ID!) { compareJourneyVersions(from: $from, to: $to) {
  kind subject key field before after } }"""
LINT = "query($version: ID!) { journeyLint(version: $version) { code stage touchpoint message } }"


@pytest.fixture
def buying(admin: Asker) -> str:
    department(admin)
    return journey(admin)


def happened(brand: BrandRef, touchpoint: str, *, days_ago: int = 1, answer: str | None = None) -> None:
    """Let something be told of a touchpoint: an event, or an answer that names it or was `placed` there."""
    when = timezone.now() - timedelta(days=days_ago)
    with brand_tx(brand):
        where, _ = Touchpoint.objects.get_or_create(key=touchpoint)
        who, _ = Customer.objects.get_or_create(external_id="c")
        said = {"external_id": touchpoint, (answer or "touchpoint"): where, "customer": who}
        if answer:
            survey = Survey.objects.create(key="s", kind="NPS", scope="RELATIONAL")
            SurveyResponse.objects.create(survey=survey, kind="NPS", score=9, answered_at=when, **said)
        else:
            TouchpointEvent.objects.create(occurred_at=when, **said)


def lacking(admin: Asker, version: str) -> list[tuple[Any, ...]]:
    found = admin.data(LINT, {"version": version})["journeyLint"]
    return [(each["code"], each["stage"], each["touchpoint"]) for each in found]


def test_two_versions_differ_by_what_was_added_removed_moved_and_changed(admin: Asker, buying: str) -> None:
    first = published(
        admin, buying, [stage("PURCHASE", at("basket"), at("checkout", weight=60)), stage("USAGE", at("app"))]
    )
    level = {"milliseconds": 30_000, "share": 0.9}
    second = draft(
        admin,
        buying,
        [
            stage("PURCHASE", at("checkout", weight=70, serviceLevel=level), name="Buying"),
            stage("SUPPORT", at("app"), at("returns")),
        ],
    )

    found = admin.data(COMPARE, {"from": first, "to": second})["compareJourneyVersions"]

    assert [tuple(each.values()) for each in found] == [
        ("REMOVED", "STAGE", "usage", None, None, None),
        ("CHANGED", "STAGE", "purchase", "name", "Purchase", "Buying"),
        ("ADDED", "STAGE", "support", None, None, None),
        ("REMOVED", "TOUCHPOINT", "basket", None, None, None),
        ("CHANGED", "TOUCHPOINT", "checkout", "weight", "60", "70"),
        ("CHANGED", "TOUCHPOINT", "checkout", "sloMs", None, "30000"),
        ("CHANGED", "TOUCHPOINT", "checkout", "sloShare", None, "0.9"),
        ("ADDED", "TOUCHPOINT", "returns", None, None, None),
        ("MOVED", "TOUCHPOINT", "app", "stage", "usage", "support"),
    ]


def test_versions_of_two_journeys_are_not_compared(admin: Asker, buying: str) -> None:
    given = {"from": draft(admin, buying), "to": draft(admin, journey(admin, "returning"))}

    (error,) = admin.ask(COMPARE, given)["errors"]

    assert (error["extensions"]["code"], error["extensions"].get("field")) == ("BAD_USER_INPUT", "to")


def test_a_version_lacks_what_nobody_thought_of(admin: Asker, acme: BrandRef, buying: str) -> None:
    happened(acme, "forgotten")
    happened(acme, "long-ago", days_ago=91)
    version = draft(
        admin, buying, [stage("PURCHASE", at("checkout", isMomentOfTruth=True, weight=90)), stage("SUPPORT")]
    )

    assert lacking(admin, version) == [
        ("WEIGHTS_DO_NOT_ADD_UP", None, None),
        ("STAGE_WITHOUT_TOUCHPOINTS", "support", None),
        ("TOUCHPOINT_WITHOUT_PROMISE", "purchase", "checkout"),
        ("TOUCHPOINT_WITHOUT_MEASUREMENT", "purchase", "checkout"),
        ("MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL", "purchase", "checkout"),
        ("TOUCHPOINT_WITHOUT_OWNER", None, "forgotten"),
    ]


@pytest.mark.parametrize("answer", [None, "touchpoint", "placed"], ids=["an event", "an answer", "a placed answer"])
def test_a_version_that_is_thought_through_lacks_nothing(
    admin: Asker, acme: BrandRef, buying: str, answer: str | None
) -> None:
    promise(admin)
    happened(acme, "checkout", answer=answer)
    level = {"milliseconds": 30_000}
    checkout = at("checkout", isMomentOfTruth=True, weight=100, promise="quick", serviceLevel=level)

    assert lacking(admin, draft(admin, buying, [stage("PURCHASE", checkout)])) == []
