"""Invitations that a brand sends by itself are imported, and their answers counted."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.surveys.models import Invitation, Survey, SurveyResponse
from cxplatform.ids import uuid7
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.outcomes import RowOutcome
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.surveys.feedback.said import NOW, say

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 3, 2, 10, tzinfo=UTC)
RATE = """query { metric(key: RESPONSE_RATE, window: {from: "2026-03-01T05:00:00Z", to: "2026-04-01T04:00:00Z"}) {
  value numerator denominator sampleSize } }"""


def row(**more: Any) -> dict[str, Any]:
    return {"external_id": "s-1", "survey": "service", "kind": "CSAT", "sent_at": SENT.isoformat(), **more}


def load(brand: BrandRef, **more: Any) -> RowOutcome:
    with brand_tx(brand):
        (outcome,) = upsert(kind_named("survey-invitations"), [row(**more)], now=NOW)
    return outcome


def told(outcome: RowOutcome) -> list[tuple[str | None, str]]:
    return [(problem.field, problem.code.value) for problem in outcome.errors]


def only(brand: BrandRef) -> Invitation:
    with brand_tx(brand):
        return Invitation.objects.select_related("survey", "customer").get()


def test_an_invitation_has_what_its_row_tells(acme: BrandRef) -> None:
    load(acme, customer="ana", interaction="i-1", touchpoint="checkout", channel="sms", language="de")

    stored = only(acme)

    assert (stored.survey.key, stored.survey.kind, stored.survey.scope) == ("service", "CSAT", "TRANSACTIONAL")
    assert stored.customer is not None
    assert (stored.customer.external_id, stored.interaction_external_id) == ("ana", "i-1")
    assert (stored.channel, stored.language, stored.state, stored.sent_at) == ("SMS", "de", "SENT", SENT)
    assert (stored.campaign_id, stored.form_id, stored.token_hash, stored.expires_at) == (None, None, None, None)


@pytest.mark.parametrize(
    ("moments", "state"),
    [
        ((), "SENT"),
        (("delivered_at",), "DELIVERED"),
        (("opened_at", "delivered_at"), "OPENED"),
        (("delivered_at", "bounced_at"), "BOUNCED"),
        (("opened_at", "bounced_at"), "OPENED"),
        (("bounced_at", "answered_at"), "ANSWERED"),
    ],
)
def test_its_state_is_the_furthest_of_its_moments(acme: BrandRef, moments: tuple[str, ...], state: str) -> None:
    load(acme, **dict.fromkeys(moments, "2026-03-03T10:00:00Z"))

    assert (only(acme).state, only(acme).channel) == (state, "EMAIL")


def test_what_is_told_later_moves_it_on_and_what_is_taken_back_moves_it_back(acme: BrandRef) -> None:
    fared = [load(acme, **more).status.value for more in ({}, {"opened_at": "2026-03-03T10:00:00Z"}, {})]
    opened = only(acme).state
    again = load(acme, opened_at=None, answered_at=None)

    assert fared == ["ACCEPTED", "UPDATED", "DUPLICATE"]
    assert (opened, again.status.value, only(acme).state) == ("OPENED", "UPDATED", "SENT")


@pytest.mark.parametrize("name", ["delivered_at", "opened_at", "answered_at", "bounced_at"])
def test_nothing_happens_before_it_is_sent(acme: BrandRef, name: str) -> None:
    refused = load(acme, **{name: "2026-03-02T09:59:59Z"})

    assert told(refused) == [(name, "OUT_OF_RANGE")]
    with brand_tx(acme):
        assert not Invitation.objects.exists()
        assert not Survey.objects.exists()


def test_a_survey_keeps_the_kind_it_was_made_with_also_where_nothing_else_changes(acme: BrandRef) -> None:
    load(acme)

    assert told(load(acme, kind="NPS")) == [("kind", "CONFLICT")]
    assert told(load(acme, kind="NPS", external_id="s-2")) == [("kind", "CONFLICT")]
    assert only(acme).survey.kind == "CSAT"


def test_one_made_here_is_not_changed_by_an_import(acme: BrandRef) -> None:
    key = uuid7()
    with brand_tx(acme):
        survey = Survey.objects.create(key="service", kind="CSAT", scope="TRANSACTIONAL")
        Invitation.objects.create(
            id=key, external_id=f"invitation-{key}", survey=survey, channel="EMAIL", state="PLANNED"
        )

    refused = load(acme, external_id=f"invitation-{key}", answered_at="2026-03-03T10:00:00Z")

    assert told(refused) == [("external_id", "CONFLICT")]
    assert (only(acme).state, only(acme).sent_at) == ("PLANNED", None)
    assert load(acme, external_id="invitation-7").status.value == "ACCEPTED"


def test_five_invitations_of_which_three_were_answered_are_a_rate_of_three_in_five(
    admin: Asker, acme: BrandRef
) -> None:
    for number in range(5):
        load(acme, external_id=f"s-{number}", customer=f"c-{number}", sent_at=f"2026-03-0{number + 2}T10:00:00Z")
    unanswered = admin.data(RATE)["metric"]
    for number in range(3):
        at, whose = f"2026-03-0{number + 3}T10:00:00Z", {"customer": f"c-{number}"}
        load(acme, external_id=f"s-{number}", sent_at=f"2026-03-0{number + 2}T10:00:00Z", answered_at=at, **whose)
        answer = {"external_id": f"a-{number}", "survey": "service", "kind": "CSAT", "score": 5, "answered_at": at}
        say(acme, "survey-responses", **answer, **whose)
    answered = admin.data(RATE)["metric"]
    load(acme, external_id="s-4", sent_at="2026-03-06T10:00:00Z", bounced_at="2026-03-06T10:01:00Z")

    assert (unanswered["value"], unanswered["sampleSize"]) == (0, 5)
    assert answered == {"value": 0.6, "numerator": 3, "denominator": 5, "sampleSize": 5}
    assert admin.data(RATE)["metric"] == {"value": 0.75, "numerator": 3, "denominator": 4, "sampleSize": 4}
    with brand_tx(acme):
        assert (Survey.objects.count(), SurveyResponse.objects.count()) == (1, 3)
