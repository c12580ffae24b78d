"""Each department's part: what happens at its touchpoints, what is said of them, and what contacts about them cost."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Interaction
from apps.journeys.models import BrandPromise, Department, Placement, PromiseOutcome, Touchpoint, TouchpointSpan
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import SPAN, START, told
from tests.insights.experience.test_journey_quality import mapped

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
SCORECARD = """query($window: WindowInput!, $agentHour: Decimal! = "36") {
  ownershipScorecard(window: $window, agentHour: $agentHour) {
    department name smooth { value good of } serviceLevel { good of } content { good of }
    promises { value good of interval { low high } }
    ease { value sampleSize interval { low high } } contacts handleSeconds contactCost { amount currency } } }"""


@pytest.fixture
def shop(acme: BrandRef, db: None) -> None:
    """The shop owns the checkout, held to 30 s, by a journey; Logistics the delivery, by its own column."""
    with told(acme) as brand:
        mapped("checkout")
        placement = Placement.objects.get()
        Placement.objects.update(slo_ms=30_000, slo_share=0.9)
        TouchpointSpan.objects.create(
            touchpoint_id=placement.touchpoint_id, since=datetime(2026, 1, 1, tzinfo=UTC), placement=placement,
            stage="buy", department="shop",
        )  # fmt: skip
        ana = brand.customer("ana").met("checkout", "S", duration_ms=20_000).met("checkout", "X", duration_ms=90_000)
        ana.answered("CES_7", 2, 4, touchpoint="checkout").answered("CSAT", 5, 3, touchpoint="checkout")
        ana.met("delivery", "S").called(touchpoint="checkout").called(touchpoint="checkout").called()
    with brand_tx(acme):
        Touchpoint.objects.filter(key="delivery").update(department="Logistics")
        calls = list(Interaction.objects.order_by("opened_at"))
        Interaction.objects.filter(pk=calls[0].pk).update(talk_seconds=100, hold_seconds=20)
        Interaction.objects.filter(pk=calls[2].pk).update(talk_seconds=60)


def test_each_owner_has_its_part_and_what_contacts_about_it_cost(shop: None, asker: MakeAsker) -> None:
    found = asker(Role.VIEWER).data(SCORECARD, {"window": SPAN})["ownershipScorecard"]

    owners = {each["department"]: each for each in found}
    assert [each["department"] for each in found] == ["shop", None, "Logistics"]
    assert owners["shop"] == {
        "department": "shop", "name": "Shop", "smooth": {"value": 0.5, "good": 1, "of": 2},
        "serviceLevel": {"good": 1, "of": 2}, "content": {"good": 1, "of": 2},
        "promises": {"value": None, "good": 0, "of": 0, "interval": None},
        "ease": {"value": 3.0, "sampleSize": 2, "interval": owners["shop"]["ease"]["interval"]},
        # Two contacts, of which one took 120 s; so both are taken for that, at a cent a second.
        "contacts": 2, "handleSeconds": 120.0, "contactCost": {"amount": "2.40", "currency": "USD"},
    }  # fmt: skip
    assert owners["Logistics"]["smooth"] == {"value": 1.0, "good": 1, "of": 1}
    assert (owners["Logistics"]["contacts"], owners["Logistics"]["ease"]) == (0, None)
    assert (owners[None]["contacts"], owners[None]["contactCost"]["amount"]) == (1, "0.60")


def test_who_owned_it_when_it_happened_answers_for_it(shop: None, acme: BrandRef, asker: MakeAsker) -> None:
    with brand_tx(acme):
        TouchpointSpan.objects.update(since=START.replace(month=4))

    found = asker(Role.VIEWER).data(SCORECARD, {"window": SPAN})["ownershipScorecard"]

    assert {each["department"]: each["contacts"] for each in found} == {None: 3, "Logistics": 0}


def test_promises_are_the_owners_of_their_outcomes_and_what_nobody_knows_counts_for_none(
    shop: None, acme: BrandRef, asker: MakeAsker
) -> None:
    with brand_tx(acme):
        owner = Department.objects.get(key="shop")
        care = Department.objects.create(key="care", name="Care", created_at=START)
        promise = BrandPromise.objects.create(
            key="quick", text="Quick", criterion="BY_HAND", maker=care, created_at=START
        )
        (ana,) = Customer.objects.all()
        outcomes = ["KEPT", "KEPT", "KEPT", "BROKEN", "UNKNOWN", "KEPT", "BROKEN"]
        for place, (outcome, whose) in enumerate(zip(outcomes, [owner] * 5 + [None, owner], strict=True)):
            # The last was long before.
            at = START - timedelta(days=400) if place == 6 else START + timedelta(days=1)
            PromiseOutcome.objects.create(
                id=uuid7(), promise=promise, evidence_kind="Interaction", evidence_id=uuid7(), customer=ana,
                occurred_at=at, outcome=outcome, decided_by="PERSON", maker=care, owner=whose,
            )  # fmt: skip

    found = asker(Role.VIEWER).data(SCORECARD, {"window": SPAN})["ownershipScorecard"]

    kept = {each["department"]: each["promises"] for each in found}
    low, high = (kept["shop"]["interval"][end] for end in ("low", "high"))
    # Wilson's, of three in four.
    assert (round(low, 3), round(high, 3)) == (0.301, 0.954)
    assert kept["shop"] == {"value": 0.75, "good": 3, "of": 4, "interval": {"low": low, "high": high}}
    assert (kept[None]["value"], kept[None]["of"]) == (1.0, 1)
    assert "care" not in kept


@pytest.mark.parametrize(
    ("role", "hour", "code"), [(Role.VIEWER, "0", "BAD_USER_INPUT"), (Role.AGENT, "1", "FORBIDDEN")]
)
def test_what_makes_no_sense_and_who_may_not_ask(role: Role, hour: str, code: str, asker: MakeAsker) -> None:
    assert codes(asker(role).ask(SCORECARD, {"window": SPAN, "agentHour": hour})) == [code]
