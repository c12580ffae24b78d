"""Merging and splitting through the API, and whose numbers count."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Agent, Interaction
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import come, customer
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.interactions.cases.stored import START

__all__ = ["admin", "asker"]

MERGE = """mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) {
  customer { id identities { nodes { id source externalId email customer { id } } }
    orders { totalCount } cases { totalCount }
    identityHistory { nodes { kind actorName identityId } } }
  userErrors { code field message } } }"""
SPLIT = """mutation($input: SplitCustomerInput!) { splitCustomer(input: $input) {
  customer { id orders { totalCount } } newCustomer { id orders { totalCount } } userErrors { code field } } }"""
STANDING = """{ customers { totalCount }
  metric(key: CONTACT_RATE, window: {from: "2026-03-01T00:00:00-05:00", to: "2026-04-01T00:00:00-04:00"}) {
    denominator } }"""


@pytest.fixture
def ids(db: None, acme: BrandRef) -> dict[str, str]:
    with brand_tx(acme):
        come("ann", "1")
        come("k", "2", source="shop")
        Customer.objects.filter(external_id="k").update(email="ann@example.com")
        made = {"ann": customer("ann"), "k": customer("k", "shop")}
    return {name: global_id("Customer", key) for name, key in made.items()}


def test_the_id_of_a_merged_customer_leads_to_the_survivor_which_tells_its_identities(
    admin: Asker, ids: dict[str, str]
) -> None:
    before = admin.data(STANDING)
    merged = admin.data(MERGE, {"input": {"survivor": ids["ann"], "merged": ids["k"]}})["mergeCustomers"]
    found = admin.data("query($id: ID!) { node(id: $id) { id } }", {"id": ids["k"]})
    after = admin.data(STANDING)
    split = admin.data(SPLIT, {"input": {"identity": ids["k"]}})["splitCustomer"]

    (identity,) = merged["customer"]["identities"]["nodes"]
    (change,) = merged["customer"]["identityHistory"]["nodes"]
    assert identity.pop("id")
    assert identity == {
        "source": "shop", "externalId": "k", "email": "ann@example.com", "customer": {"id": ids["ann"]}
    }  # fmt: skip
    assert change == {"kind": "MERGED", "actorName": "Brand_Admin 1", "identityId": ids["k"]}
    assert (merged["customer"]["orders"], merged["userErrors"]) == ({"totalCount": 2}, [])
    assert found == {"node": {"id": ids["ann"]}}
    assert (before["customers"], after["customers"]) == ({"totalCount": 2}, {"totalCount": 1})
    assert (before["metric"], after["metric"]) == ({"denominator": 2}, {"denominator": 1})
    assert split == {
        "customer": {"id": ids["ann"], "orders": {"totalCount": 1}},
        "newCustomer": {"id": ids["k"], "orders": {"totalCount": 1}},
        "userErrors": [],
    }


def test_customers_alike_are_found_however_it_is_written(admin: Asker, ids: dict[str, str], acme: BrandRef) -> None:
    ask = """query($customer: ID) { possibleDuplicates(customer: $customer) { by customers { externalId email } } }"""
    with brand_tx(acme):
        Customer.objects.filter(external_id="ann").update(email=" ANN@example.com", phone="+49 30 / 123-456")
        Customer.objects.create(external_id="carl", phone="0049 (30) 123456")
        Customer.objects.create(external_id="dora", phone="12")
        Customer.objects.create(external_id="emil", phone="12", email="")

    found = admin.data(ask)["possibleDuplicates"]
    of_k = admin.data(ask, {"customer": ids["k"]})["possibleDuplicates"]

    assert [(each["by"], [one["externalId"] for one in each["customers"]]) for each in found] == [
        ("EMAIL", ["ann", "k"]), ("PHONE", ["ann", "carl"])
    ]  # fmt: skip
    assert of_k == found[:1]
    admin.data(MERGE, {"input": {"survivor": ids["ann"], "merged": ids["k"]}})
    assert [each["by"] for each in admin.data(ask)["possibleDuplicates"]] == ["PHONE"]


def test_who_may_not_see_personal_data_merges_nobody(asker: MakeAsker, ids: dict[str, str]) -> None:
    given: dict[str, Any] = {"input": {"survivor": ids["ann"], "merged": ids["k"]}}

    for role in (Role.ANALYST, Role.VIEWER, Role.AGENT):
        assert codes(asker(role).ask(MERGE, given)) == ["FORBIDDEN"]
    for role in (Role.ANALYST, Role.VIEWER):
        assert codes(asker(role).ask("{ possibleDuplicates { by } }")) == ["FORBIDDEN"]
    assert asker(Role.BRAND_ADMIN).data(STANDING)["customers"] == {"totalCount": 2}


def test_whom_an_agent_does_not_serve_has_no_address_that_it_could_tell(
    asker: MakeAsker, ids: dict[str, str], acme: BrandRef
) -> None:
    mine = asker(Role.AGENT)
    with brand_tx(acme):
        me = Agent.objects.create(key="me", member_id=mine.member_id)
        for name in ("bea", "bob"):
            served = Customer.objects.create(external_id=name, email="ann@example.com")
            Interaction.objects.create(external_id=name, channel="CHAT", opened_at=START, customer=served, agent=me)
    ask = "query($customer: ID) { possibleDuplicates(customer: $customer) { by customers { externalId } } }"

    assert mine.data(ask)["possibleDuplicates"] == [
        {"by": "EMAIL", "customers": [{"externalId": "bea"}, {"externalId": "bob"}]}
    ]
    assert mine.data(ask, {"customer": ids["k"]})["possibleDuplicates"] == []
