"""Numbers by stage and department: by the version of the journey that was in force when things happened."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.journeys.models import Touchpoint, TouchpointSpan
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker
from tests.journeys.mapped import at, department, journey, published, stage
from tests.metrics.rows import store

TURN = datetime(2026, 4, 10, tzinfo=UTC)
APRIL = 'window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"}'


@pytest.fixture
def admin(asker: MakeAsker, acme: BrandRef) -> Asker:
    """Four contacts: two at the checkout, of before and after a version succeeded another; and one each elsewhere."""
    admin = asker(Role.BRAND_ADMIN)
    department(admin)
    department(admin, "it", "IT")
    published(admin, journey(admin), [stage("PURCHASE", at("checkout"), at("returns"))])
    with brand_tx(acme):
        # As a version published on that day would have laid it out.
        first = TouchpointSpan.objects.get(touchpoint__key="checkout")
        TouchpointSpan.objects.filter(pk=first.pk).update(until=TURN)
        TouchpointSpan.objects.create(
            touchpoint=first.touchpoint, since=TURN, placement=first.placement, stage="usage", department="it"
        )
        Touchpoint.objects.create(key="invoice", stage="Use", department="Finance")
        Touchpoint.objects.filter(key="checkout").update(stage="never", department="never")
        store(
            [
                {"opened_at": f"2026-04-{day:02}T12:00Z", "touchpoint": touchpoint, "resolved": True}
                for day, touchpoint in ((9, "checkout"), (11, "checkout"), (12, "returns"), (13, "invoice"), (14, None))
            ]
        )
    return admin


def groups(admin: Asker, by: str, key: str = "VOLUME", where: str = "") -> dict[str | None, Any]:
    narrowed = f", where: {where}" if where else ""
    query = f"{{ metricBreakdown(key: {key}, {APRIL}, groupBy: {by}{narrowed}) {{ key metric {{ value }} }} }}"
    return {each["key"]: each["metric"]["value"] for each in admin.data(query)["metricBreakdown"]}


def test_a_contact_counts_for_the_stage_and_owner_its_touchpoint_had_when_it_was_opened(admin: Asker) -> None:
    assert groups(admin, "STAGE") == {"purchase": 2.0, "usage": 1.0, "Use": 1.0, None: 1.0}
    assert groups(admin, "DEPARTMENT") == {"shop": 2.0, "it": 1.0, "Finance": 1.0, None: 1.0}


def test_a_filter_means_the_same_stage(admin: Asker) -> None:
    assert groups(admin, "TOUCHPOINT", where='{stage: ["usage"]}') == {"checkout": 1.0}
    assert groups(admin, "TOUCHPOINT", where='{department: ["shop"]}') == {"checkout": 1.0, "returns": 1.0}


def test_an_answer_counts_for_the_stage_of_when_it_was_given(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        survey = Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL")
        told = {"survey": survey, "kind": "NPS", "customer": Customer.objects.create(external_id="c")}
        checkout = Touchpoint.objects.get(key="checkout")
        for day, score in ((9, 10), (11, 0)):
            moment = datetime(2026, 4, day, 12, tzinfo=UTC)
            SurveyResponse.objects.create(
                external_id=str(day), score=score, answered_at=moment, touchpoint=checkout, **told
            )

    assert groups(admin, "STAGE", "NPS") == {"purchase": 100.0, "usage": -100.0}


# A metric of each fact that knows touchpoints: each joins to them by columns of its own source.
STAGED = sorted(
    {each.fact.key: key for key, each in METRICS.items() if each.fact.dimension(DimensionKey.STAGE)}.values()
)


@pytest.mark.parametrize("key", STAGED)
def test_what_is_counted_of_contacts_is_cut_by_stage(admin: Asker, key: str) -> None:
    assert groups(admin, "STAGE", key) is not None
