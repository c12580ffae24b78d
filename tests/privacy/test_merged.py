"""Who was merged is forgotten whole: under all identities, whichever of them is asked for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import ConsentRecord, Customer, CustomerIdentity, IdentityChange, IdentityRow, Referral
from cxplatform.errors import Conflict
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.runner import run_due
from cxplatform.privacy.activity import due
from cxplatform.privacy.catalogue import everybody
from cxplatform.privacy.models import Erasure, RetentionRules
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker
from tests.interactions.working.rows import viewer
from tests.privacy.test_erasure import ERASE, erase
from tests.privacy.test_export import export

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def people(acme: BrandRef) -> dict[str, Any]:
    """Make ann, with beth and cora merged into her: each agreed to something, and beth brought cora."""
    with brand_tx(acme):
        made = {
            name: Customer.objects.create(external_id=name, source="crm", email=f"{name}@a.example", joined_at=NOW)
            for name in ("ann", "beth", "cora")
        }
        for name, customer in made.items():
            ConsentRecord.objects.create(
                external_id=f"said by {name}", customer=customer, purpose="SURVEYS", granted=True, at=NOW
            )
        Referral.objects.create(
            external_id="beth told cora", referrer=made["beth"], customer=made["cora"], referred_at=NOW
        )
        for name in ("beth", "cora"):
            merge_customers(actor=viewer(), survivor_id=made["ann"].pk, merged_id=made[name].pk, now=NOW)
    return {name: customer.pk for name, customer in made.items()}


def keys(brand: BrandRef) -> list[str]:
    with brand_tx(brand):
        models = (Customer, ConsentRecord, Referral)
        return [key for model in models for key in model._default_manager.values_list("external_id", flat=True)]


def test_asked_for_any_identity_the_customer_is_forgotten_under_all(
    people: dict[str, Any], acme: BrandRef, asker: MakeAsker
) -> None:
    begun = asker(Role.BRAND_ADMIN).data(ERASE, {"id": global_id("Customer", people["beth"])})["eraseCustomer"]
    run_due(acme)

    assert begun["userErrors"] == []
    assert begun["erasure"]["customer"]["id"] == global_id("Customer", people["ann"])
    with brand_tx(acme):
        assert Erasure.objects.values_list("subject_id", "state").get() == (people["ann"], "DONE")
        assert set(Customer.objects.values_list("email", flat=True)) == {None}
    # The referral between two identities names neither of them as the survivor.
    assert all(key.startswith("erased-") for key in keys(acme))
    assert len(set(keys(acme))) == 7


def test_what_is_handed_out_of_any_identity_is_what_is_held_of_all(
    people: dict[str, Any], acme: BrandRef, asker: MakeAsker
) -> None:
    admin = asker(Role.BRAND_ADMIN)

    tables = export(admin, people["cora"])

    assert [row["external_id"] for row in tables["Customer"]] == ["ann"]
    assert {row["email"] for row in tables["CustomerIdentity"]} == {"beth@a.example", "cora@a.example"}
    assert [row["external_id"] for row in tables["Referral"]] == ["beth told cora"]
    assert len(tables["ConsentRecord"]) == 3
    again = export(admin, people["ann"])
    assert {name: rows for name, rows in again.items() if name != "AuditEvent"} == {
        name: rows for name, rows in tables.items() if name != "AuditEvent"
    }


def test_nobody_is_merged_or_split_while_being_forgotten(
    people: dict[str, Any], acme: BrandRef, asker: MakeAsker
) -> None:
    with brand_tx(acme):
        dora = Customer.objects.create(external_id="dora")
    assert asker(Role.BRAND_ADMIN).data(ERASE, {"id": global_id("Customer", people["ann"])})
    with brand_tx(acme):
        before = (IdentityChange.objects.count(), IdentityRow.objects.count(), Referral.objects.values().get())

        for survivor, merged in ((people["ann"], dora.pk), (dora.pk, people["ann"])):
            with pytest.raises(Conflict, match="forgotten"):
                merge_customers(actor=viewer(), survivor_id=survivor, merged_id=merged, now=NOW)
        with pytest.raises(Conflict, match="forgotten"):
            split_customer(actor=viewer(), identity_id=people["beth"], now=NOW)

        assert (IdentityChange.objects.count(), IdentityRow.objects.count(), Referral.objects.values().get()) == before
        assert Customer.objects.filter(merged_into=people["ann"]).count() == 2


def test_an_identity_split_off_after_that_has_its_rows_and_nothing_else(
    people: dict[str, Any], acme: BrandRef, asker: MakeAsker
) -> None:
    erase(asker(Role.BRAND_ADMIN), acme, people["ann"])
    left = set(keys(acme))

    with brand_tx(acme):
        split_customer(actor=viewer(), identity_id=people["beth"], now=NOW)

        assert ConsentRecord.objects.filter(customer=people["beth"]).count() == 1
        assert Referral.objects.values_list("referrer", "customer").get() == (people["beth"], people["ann"])
        assert set(IdentityRow.objects.values_list("identity", flat=True)) == {people["cora"]}
    assert set(keys(acme)) == left


def test_an_identity_is_kept_as_long_as_the_customer_is_active(people: dict[str, Any], acme: BrandRef) -> None:
    long_ago = NOW - timedelta(days=400)
    rules = RetentionRules(identity_days=100)
    with brand_tx(acme):
        Customer.objects.update(joined_at=long_ago)
        assert [each.pk for each in everybody()] == [people["ann"]]

        assert due([people["ann"]], rules, NOW) == {}

        ConsentRecord.objects.update(at=long_ago)
        Referral.objects.update(referred_at=long_ago)
        assert [*due([people["ann"]], rules, NOW).values()] == [[people["ann"]]]
        CustomerIdentity.objects.filter(pk=people["cora"]).update(joined_at=NOW)
        assert due([people["ann"]], rules, NOW) == {}
