"""Over the API: a survey that the contented answer says more than its customers think."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.surveys.models import Invitation, Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes

__all__ = ["asker"]
pytestmark = pytest.mark.django_db
SENT = datetime(2026, 3, 10, 12, tzinfo=UTC)
BIAS = """query ($survey: String!) { surveyBias(
  survey: $survey, window: {from: "2026-03-01T05:00:00Z", to: "2026-04-01T04:00:00Z"}) {
    delivered answered raw weighted weightedBy effectiveSize reason
    traits { name differs values { value answered silent } } } }"""


def ask_many(survey: Survey, segment: str, number: int, scores: list[int]) -> None:
    for place in range(number):
        customer = Customer.objects.create(external_id=f"{segment}{place}", segment=segment)
        Invitation.objects.create(
            external_id=f"{segment}{place}", survey=survey, customer=customer, channel="EMAIL", state="SENT",
            sent_at=SENT,
        )  # fmt: skip
        if place < len(scores):
            SurveyResponse.objects.create(
                external_id=f"{segment}{place}", survey=survey, kind="CSAT", score=scores[place], customer=customer,
                answered_at=SENT + timedelta(days=1),
            )  # fmt: skip


def test_the_score_is_told_as_it_is_and_as_it_would_be(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        survey = Survey.objects.create(key="csat", kind="CSAT", scope="TRANSACTIONAL")
        ask_many(survey, "gold", 30, [5] * 24)
        ask_many(survey, "tin", 30, [2] * 6)
    analyst, viewer = asker(Role.ANALYST), asker(Role.VIEWER)

    told = analyst.data(BIAS, {"survey": "csat"})["surveyBias"]

    assert (told["delivered"], told["answered"], told["reason"], told["weightedBy"]) == (60, 30, None, ["segment"])
    assert (told["raw"], told["weighted"]) == (pytest.approx(0.8), pytest.approx(0.5))
    assert told["effectiveSize"] == pytest.approx(19.2)
    (segment,) = [trait for trait in told["traits"] if trait["differs"]]
    assert segment["values"] == [
        {"value": "gold", "answered": 24, "silent": 6},
        {"value": "tin", "answered": 6, "silent": 24},
    ]
    assert codes(viewer.ask(BIAS, {"survey": "csat"})) == ["FORBIDDEN"]
    assert codes(analyst.ask(BIAS, {"survey": "none"})) == ["NOT_FOUND"]
