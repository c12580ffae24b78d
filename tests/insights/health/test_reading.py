"""Health as a client asks for it: from the customer's own ninety days, and for a page of customers at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Interaction, Reason, SlaInstance, SlaPolicy, SlaPolicyVersion
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.metrics.models import CustomerValue
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, admin, asker

__all__ = ["admin", "asker"]

ASKED = """query($first: Int = 50) { customers(first: $first, orderBy: [{field: EXTERNAL_ID, direction: ASC}]) {
  nodes { externalId health { score band reason parts { key value cost } } } } }"""
DAY = timedelta(days=1)


@pytest.fixture
def now(db: None, acme: BrandRef) -> datetime:
    now = timezone.now()
    with brand_tx(acme):
        _ann(now)
        _quiet(now)
    return now


def _ann(now: datetime) -> None:
    """Two contacts on one reason, a service level broken; one event failed, one went with friction; one low score."""
    ann = Customer.objects.create(external_id="ann")
    reason, at = Reason.objects.create(path="Billing", name="Billing"), Touchpoint.objects.create(key="checkout")
    told: dict[str, Any] = {"channel": "PHONE", "customer": ann, "reason": reason}
    first = Interaction.objects.create(external_id="1", opened_at=now - 20 * DAY, **told)
    Interaction.objects.create(external_id="2", opened_at=now - 18 * DAY, **told)
    Interaction.objects.create(external_id="old", opened_at=now - 95 * DAY, **told)
    policy = SlaPolicy.objects.create(key="p", created_at=now)
    version = SlaPolicyVersion.objects.create(
        policy=policy, number=1, effective_from=now, rank=1, channels=[], priorities=[], queues=[], segments=[],
        targets=[], created_at=now,
    )  # fmt: skip
    for number, (due, ended) in enumerate(((19, 18), (19, None), (18, 19), (-1, None))):
        SlaInstance.objects.create(
            interaction=first, version=version, measure="NEXT_REPLY", number=number, priority="NORMAL",
            target_seconds=60, business=False, started_at=now - 20 * DAY, due_at=now - due * DAY,
            ended_at=None if ended is None else now - ended * DAY,
        )  # fmt: skip
    for number, outcome in enumerate(("FAILED", "FRICTION", "SMOOTH", None)):
        TouchpointEvent.objects.create(
            external_id=str(number), customer=ann, touchpoint=at, outcome=outcome, occurred_at=now - 30 * DAY
        )
    survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
    for number, score in enumerate((2, 5)):
        SurveyResponse.objects.create(
            external_id=str(number), survey=survey, kind="CSAT", score=score, customer=ann, answered_at=now - 10 * DAY
        )
    CustomerValue.objects.create(
        customer=ann, first_bought_at=now - 99 * DAY, p_alive=0.9, purchases=1, value=5, fitted_at=now
    )


def _quiet(now: datetime) -> None:
    """Somebody who left, who is new, who ordered long ago, and of whom nothing is known."""
    Customer.objects.create(external_id="left", churned_at=now - DAY)
    Customer.objects.create(external_id="new", joined_at=now - 5 * DAY)
    long_ago = Customer.objects.create(external_id="silent")
    Order.objects.create(external_id="o", customer=long_ago, ordered_at=now - 135 * DAY, amount=5, currency="EUR")
    Customer.objects.create(external_id="unknown")


def healths(asker: Asker, **variables: Any) -> dict[str, dict[str, Any]]:
    nodes = asker.data(ASKED, variables)["customers"]["nodes"]
    return {node["externalId"]: node["health"] for node in nodes}


def parts(health: dict[str, Any]) -> dict[str, tuple[float | None, float]]:
    return {part["key"]: (part["value"], part["cost"]) for part in health["parts"]}


def test_each_part_is_counted_from_the_customers_own_rows(now: datetime, admin: Asker) -> None:
    ann = healths(admin)["ann"]

    assert parts(ann) == {
        "LOW_SCORES": (0.5, 12.5), "REPEAT_CONTACTS": (1.0, 5.0), "FAILED_TOUCHPOINTS": (2.0, 7.0),
        "BROKEN_SLAS": (2.0, 10.0), "LEAVING": (0.9, 2.5), "SILENCE": (10.0, 0.0), "CHURNED": (0.0, 0.0),
    }  # fmt: skip
    assert (ann["score"], ann["band"], ann["reason"]) == (63.0, "FAIR", None)


def test_of_whom_little_is_known_there_is_no_score_but_why(now: datetime, admin: Asker) -> None:
    found = healths(admin)

    assert (found["left"]["score"], found["left"]["band"]) == (0.0, "BAD")
    assert {name: found[name]["reason"] for name in ("new", "silent", "unknown")} == dict.fromkeys(
        ("new", "silent", "unknown"), "TOO_LITTLE_KNOWN"
    )
    assert {name: parts(found[name])["SILENCE"] for name in ("new", "silent", "unknown")} == {
        "new": (5.0, 0.0), "silent": (135.0, 7.5), "unknown": (180.0, 15.0)
    }  # fmt: skip


def test_a_page_of_customers_costs_as_many_statements_as_one(now: datetime, admin: Asker) -> None:
    counts = []
    for first in (1, 50):
        with CaptureQueriesContext(connections["default"]) as captured:
            healths(admin, first=first)
        counts.append(len([each for each in captured if 'FROM "' in each["sql"] and "apikey" not in each["sql"]]))

    assert counts == [8, 8]


def test_who_sees_no_customers_sees_no_health_and_an_agent_that_of_those_it_serves(
    now: datetime, asker: MakeAsker
) -> None:
    viewer, agent = asker(Role.VIEWER), asker(Role.AGENT)

    assert viewer.ask(ASKED)["data"]["customers"] is None
    assert healths(agent) == {}
