"""Orders, referrals, exchange rates and the terms on which a brand reckons with money, through the API."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import ExchangeRate, MoneyTerms, Order, Referral
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes

ORDER = """mutation($input: RecordOrderInput!) { recordOrder(input: $input) {
    order { externalId amount currency kind customer { externalId } } userErrors { code field } } }"""
REFERRAL = """mutation($input: RecordReferralInput!) { recordReferral(input: $input) {
    referral { referrer { externalId } customer { externalId } } userErrors { code field } } }"""
RATES = """mutation($input: RecordExchangeRatesInput!) { recordExchangeRates(input: $input) {
    exchangeRates { currency rate } userErrors { code field } } }"""
TERMS = """mutation($input: SetMoneyTermsInput!) { setMoneyTerms(input: $input) {
    moneyTerms { grossMargin monthlyDiscount inactiveAfterGaps leastPAlive } userErrors { code field } } }"""
MARCH = "2026-03-02T10:00:00Z"
AN_ORDER = {"externalId": "o-1", "customer": "ana", "orderedAt": MARCH, "amount": "12.50"}


def rate(currency: str, worth: float, since: str = "2026-01-01T00:00:00Z") -> dict[str, Any]:
    return {"currency": currency, "effectiveFrom": since, "rate": worth}


def test_an_order_is_stored_in_the_brands_currency_and_changed_by_its_id(admin: Asker, acme: BrandRef) -> None:
    first = admin.data(ORDER, {"input": AN_ORDER})["recordOrder"]
    second = admin.data(ORDER, {"input": {**AN_ORDER, "kind": "RENEWAL", "currency": "CHF"}})["recordOrder"]

    assert first["userErrors"] == second["userErrors"] == []
    assert first["order"] == {
        "externalId": "o-1", "amount": "12.5000", "currency": acme.currency, "kind": "PURCHASE",
        "customer": {"externalId": "ana"},
    }  # fmt: skip
    assert (second["order"]["currency"], second["order"]["kind"]) == ("CHF", "RENEWAL")
    with brand_tx(acme):
        assert Order.objects.count() == 1


@pytest.mark.parametrize("changed", [{"amount": "0"}, {"amount": "-1"}, {"currency": "XQQ"}])
def test_an_order_of_nothing_or_in_no_currency_is_refused(
    admin: Asker, acme: BrandRef, changed: dict[str, str]
) -> None:
    refused = admin.data(ORDER, {"input": {**AN_ORDER, **changed}})["recordOrder"]

    assert [error["field"] for error in refused["userErrors"]] == list(changed)
    with brand_tx(acme):
        assert Order.objects.count() == 0


def test_a_referral_tells_who_brought_whom(admin: Asker, acme: BrandRef) -> None:
    told = {"externalId": "f-1", "referrer": "ana", "customer": "ben", "referredAt": MARCH}

    stored = admin.data(REFERRAL, {"input": told})["recordReferral"]
    itself = admin.data(REFERRAL, {"input": {**told, "externalId": "f-2", "customer": "ana"}})["recordReferral"]
    brought = admin.data(
        "{ customers { nodes { externalId referrals { totalCount nodes { customer { externalId } } } } } }"
    )

    assert stored["referral"] == {"referrer": {"externalId": "ana"}, "customer": {"externalId": "ben"}}
    assert itself == {"referral": None, "userErrors": [{"code": "CONFLICT", "field": "referrer"}]}
    assert {c["externalId"]: c["referrals"]["totalCount"] for c in brought["customers"]["nodes"]} == {
        "ana": 1,
        "ben": 0,
    }
    with brand_tx(acme):
        assert Referral.objects.count() == 1


def test_rates_are_stored_once_and_never_change(admin: Asker, acme: BrandRef) -> None:
    given = {"input": {"rates": [rate("CHF", 1.05), rate("JPY", 0.0061)]}}

    stored, again = (admin.data(RATES, given)["recordExchangeRates"] for _ in range(2))
    other = admin.data(RATES, {"input": {"rates": [rate("GBP", 1.2), rate("CHF", 1.06)]}})["recordExchangeRates"]
    listed = admin.data("{ exchangeRates { nodes { currency effectiveFrom rate } } }")["exchangeRates"]["nodes"]

    assert stored == again
    assert stored["exchangeRates"] == [{"currency": "CHF", "rate": 1.05}, {"currency": "JPY", "rate": 0.0061}]
    assert other == {"exchangeRates": None, "userErrors": [{"code": "CONFLICT", "field": "rates.1.rate"}]}
    assert sorted(each["currency"] for each in listed) == ["CHF", "JPY"]


def test_a_rate_of_no_currency_of_the_own_or_of_nothing_is_refused(admin: Asker, acme: BrandRef) -> None:
    for place, wrong in enumerate([rate("XQQ", 1), rate(acme.currency, 1), rate("CHF", 0), rate("CHF", -1)]):
        refused = admin.data(RATES, {"input": {"rates": [rate("SEK", 0.1), wrong]}})["recordExchangeRates"]

        field = "rates.1.currency" if place < 2 else "rates.1.rate"
        assert refused["userErrors"] == [{"code": "BAD_USER_INPUT", "field": field}]
    with brand_tx(acme):
        assert ExchangeRate.objects.count() == 0


def test_terms_are_what_most_reckon_with_until_the_brand_says(admin: Asker, acme: BrandRef) -> None:
    before = admin.data("{ moneyTerms { grossMargin monthlyDiscount inactiveAfterGaps leastPAlive } }")["moneyTerms"]

    admin.data(TERMS, {"input": {"grossMargin": 0.4}})
    after = admin.data(TERMS, {"input": {"leastPAlive": 0.3}})["setMoneyTerms"]
    refused = admin.data(TERMS, {"input": {"grossMargin": 1.5}})["setMoneyTerms"]

    assert before == {"grossMargin": 1.0, "monthlyDiscount": 0.01, "inactiveAfterGaps": 3.0, "leastPAlive": 0.2}
    assert after["moneyTerms"] == {**before, "grossMargin": 0.4, "leastPAlive": 0.3}
    assert refused == {"moneyTerms": None, "userErrors": [{"code": "BAD_USER_INPUT", "field": "grossMargin"}]}
    with brand_tx(acme):
        assert MoneyTerms.objects.get().gross_margin == 0.4


def test_who_may_not_configure_or_record_writes_nothing(asker: MakeAsker, acme: BrandRef) -> None:
    supervisor, analyst = asker(Role.SUPERVISOR, brands=(acme,)), asker(Role.ANALYST)

    assert codes(supervisor.ask(RATES, {"input": {"rates": [rate("CHF", 1)]}})) == ["FORBIDDEN"]
    assert codes(supervisor.ask(TERMS, {"input": {"grossMargin": 0.1}})) == ["FORBIDDEN"]
    assert codes(analyst.ask(ORDER, {"input": AN_ORDER})) == ["FORBIDDEN"]


def test_an_agent_records_orders_of_customers_it_serves_alone(asker: MakeAsker, acme: BrandRef) -> None:
    agent = asker(Role.AGENT, brands=(acme,))

    refused = agent.ask(ORDER, {"input": AN_ORDER})

    assert codes(refused) == ["FORBIDDEN"]
    with brand_tx(acme):
        assert Order.objects.count() == 0
