"""Recovery, what customers spend after a bad interaction, and revenue at risk."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.insights.experience.matching import Side, Stratum, matched
from apps.metrics.models import CustomerValue
from apps.surveys.models import FollowUp, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import SPAN, START, names, told

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
RECOVERY = """query($window: WindowInput!, $days: Int! = 14) { serviceRecovery(window: $window, withinDays: $days) {
  verdict fates { fate customers answers nps retained { good of } }
  againstNeverFailed { points pValue } againstUnrecovered { points pValue } } }"""
COST = """query($window: WindowInput!, $by: BadBy! = CSAT, $days: Int! = 30) {
  badInteractionCost(window: $window, by: $by, afterDays: $days) {
    affected others unmatched lost { amount currency } low { amount } high { amount } pValue } }"""
RISK = """query($window: WindowInput!) { revenueAtRisk(window: $window) {
  detractor exposed customers worth { amount } atRisk { amount } low { amount } high { amount } } }"""


def test_a_recovery_that_works_is_told_from_none_and_from_never_having_needed_it(
    acme: BrandRef, asker: MakeAsker
) -> None:
    with told(acme) as brand:
        for number, name in enumerate(names("never", 20)):
            brand.customer(name, joined_at=LONG_AGO).met("checkout", "S").answered("NPS", 9 if number % 2 else 7)
        for name in names("righted", 20):
            one = brand.customer(name, joined_at=LONG_AGO).answered("NPS", 0).met("checkout", "X")
            one.answered("CSAT", 5).answered("NPS", 10)
        for number, name in enumerate(names("left", 15)):
            gone = START + timedelta(days=20) if number < 5 else None
            one = brand.customer(name, joined_at=LONG_AGO, churned_at=gone).met("delivery", "S", promise_kept=False)
            one.answered("CSAT", 2).answered("NPS", 3)
        brand.customer("met nothing").answered("NPS", 0)

    found = asker(Role.VIEWER).data(RECOVERY, {"window": SPAN})["serviceRecovery"]

    assert found["fates"] == [
        {"fate": "NEVER_FAILED", "customers": 20, "answers": 20, "nps": 50, "retained": {"good": 20, "of": 20}},
        {"fate": "RECOVERED", "customers": 20, "answers": 20, "nps": 100, "retained": {"good": 20, "of": 20}},
        {"fate": "UNRECOVERED", "customers": 15, "answers": 15, "nps": -100, "retained": {"good": 10, "of": 15}},
    ]
    assert (found["verdict"], found["againstNeverFailed"]["points"]) == ("PARADOX", 50)
    assert found["againstUnrecovered"]["points"] == 200


def test_a_follow_up_that_ended_as_recovered_puts_a_failure_right(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        for name in ("recovered", "not", "late", "open"):
            brand.customer(name).met("checkout", "X").answered("NPS", 0)
    ended = {
        "recovered": ("RECOVERED", START + timedelta(days=1)), "not": ("NOT_RECOVERED", START + timedelta(days=1)),
        "late": ("RECOVERED", START + timedelta(days=20)), "open": (None, None),
    }  # fmt: skip
    with brand_tx(acme):
        for answer in SurveyResponse.objects.select_related("customer"):
            assert answer.customer is not None
            outcome, at = ended[answer.customer.external_id]
            times = dict.fromkeys(("state_since", "due_at", "created_at", "updated_at"), START)
            FollowUp.objects.create(
                survey_response=answer, customer=answer.customer, state="DONE" if outcome else "OPEN",
                outcome=outcome, outcome_at=at, **times,
            )  # fmt: skip

    def fates(days: int) -> dict[str, int]:
        found = asker(Role.VIEWER).data(RECOVERY, {"window": SPAN, "days": days})["serviceRecovery"]["fates"]
        return {each["fate"]: each["customers"] for each in found}

    assert fates(14) == {"NEVER_FAILED": 0, "RECOVERED": 1, "UNRECOVERED": 3}
    assert fates(21) == {"NEVER_FAILED": 0, "RECOVERED": 2, "UNRECOVERED": 2}


def test_few_answers_are_said_to_be_too_few(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("one").met("checkout", "X").answered("CSAT", 5).answered("NPS", 10)

    found = asker(Role.VIEWER).data(RECOVERY, {"window": SPAN})["serviceRecovery"]

    assert (found["verdict"], found["againstNeverFailed"]) == ("INSUFFICIENT_DATA", None)
    assert [fate["answers"] for fate in found["fates"]] == [0, 1, 0]


def test_a_difference_within_strata_is_not_that_of_their_mixture() -> None:
    # Those it happens to spend much by nature: 10 more than others in all, and yet 5 less than their like.
    rich = Stratum(Side(40, 40 * 95, 40 * 95**2 + 40), Side(10, 10 * 100, 10 * 100**2 + 10))
    poor = Stratum(Side(10, 10 * 15, 10 * 15**2 + 10), Side(40, 40 * 20, 40 * 20**2 + 40))

    found = matched([rich, poor, Stratum(Side(3, 9, 27), Side(0, 0, 0))])

    assert (found.affected, found.others, found.unmatched) == (50, 50, 3)
    assert found.difference == pytest.approx(-5)
    assert found.interval is not None
    assert found.interval.low < -5 < found.interval.high < 0


def test_what_customers_spend_less_after_a_bad_contact_is_told_of_those_alike(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        for name in names("content", 32):
            brand.customer(name).answered("CSAT", 5)
        for name in names("cross", 32):
            brand.customer(name).answered("CSAT", 4, 1)
    with brand_tx(acme):
        for number, customer in enumerate(Customer.objects.order_by("external_id")):
            spends = 20 if customer.external_id.startswith("content") else 10
            _buys(customer, START + timedelta(days=10), spends + number % 2)
            _buys(customer, START + timedelta(days=40), 1_000)

    found = asker(Role.VIEWER).data(COST, {"window": SPAN})["badInteractionCost"]
    by_nps = asker(Role.VIEWER).data(COST, {"window": SPAN, "by": "NPS"})["badInteractionCost"]

    assert (found["affected"], found["others"], found["unmatched"]) == (32, 32, 0)
    assert found["lost"] == {"amount": "10.00", "currency": "USD"}
    assert float(found["low"]["amount"]) < 10 < float(found["high"]["amount"])
    assert found["pValue"] < 0.001
    assert (by_nps["affected"], by_nps["lost"]) == (0, None)


def _buys(customer: Customer, at: datetime, amount: int) -> None:
    Order.objects.create(
        external_id=f"{customer.external_id}-{at}", customer=customer, ordered_at=at, amount=amount, currency="USD"
    )


def test_revenue_at_risk_is_what_the_likely_gone_would_have_brought(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("calm").answered("NPS", 10)
        brand.customer("cross").answered("NPS", 2)
        brand.customer("tripped").met("checkout", "R")
        brand.customer("both").met("checkout", "X").answered("NPS", 0)
        brand.customer("both too").met("checkout", "X").answered("NPS", 0)
    with brand_tx(acme):
        for customer in Customer.objects.all():
            p_alive = 0.9 if customer.external_id == "calm" else 0.25
            CustomerValue.objects.create(
                customer=customer, first_bought_at=START, p_alive=p_alive, purchases=1, value=100, fitted_at=START
            )

    found = asker(Role.VIEWER).data(RISK, {"window": SPAN})["revenueAtRisk"]

    told_ = [(each["detractor"], each["exposed"], each["customers"], each["atRisk"]["amount"]) for each in found]
    assert told_ == [(True, True, 2, "150.00"), (True, False, 1, "75.00"), (False, True, 1, "75.00"),
                     (False, False, 1, "10.00")]  # fmt: skip
    assert (found[0]["low"]["amount"], found[0]["worth"]["amount"], found[1]["low"]) == ("150.00", "200.00", None)


@pytest.mark.parametrize(
    ("query", "given", "field"),
    [
        (RECOVERY, {"days": 0}, "withinDays"),
        (COST, {"days": 367}, "afterDays"),
        (RISK, {"window": {"from": "2024-01-01T00:00:00-05:00", "to": "2026-01-01T00:00:00-05:00"}}, "window.to"),
    ],
)
def test_what_makes_no_sense_is_refused(query: str, given: dict[str, Any], field: str, asker: MakeAsker) -> None:
    answer = asker(Role.VIEWER).ask(query, {"window": SPAN, **given})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"]["field"] == field
