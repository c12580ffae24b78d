"""Merging customers: all that names one of them is the survivor's, and a split gives back exactly what was its own."""

from datetime import timedelta

import pytest

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import Customer, IdentityChange, IdentityRow, Order, Referral
from apps.interactions.joining import join_marked
from apps.interactions.models import Case, CaseMark, Interaction
from apps.metrics.models import CustomerValue
from cxplatform.dirty.models import DirtyMark
from cxplatform.errors import BadInput, Conflict, Forbidden, NotFound
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import come, customer, naming, owners, told
from tests.interactions.cases.stored import NOW, START, join_all, members
from tests.interactions.working.rows import viewer

pytestmark = pytest.mark.django_db


def merge(survivor: str, merged: str) -> None:
    commands.merge_customers(actor=viewer(), survivor_id=customer(survivor), merged_id=customer(merged), now=NOW)


def split(identity: str) -> None:
    commands.split_customer(actor=viewer(), identity_id=customer(identity), now=NOW)


def test_all_that_names_a_merged_customer_is_the_survivors_and_a_split_gives_back_its_own(acme: BrandRef) -> None:
    with brand_tx(acme):
        come("ann", "1")
        come("ann k", "2", days=40)
        told("referrals", {"external_id": "1", "referrer": "ann k", "customer": "bob", "referred_at": START})
        join_all()
        before = naming(customer("ann")), naming(customer("ann k"))

        merge("ann", "ann k")

        own = {"identitychange.customer_id": 1, "customer.merged_into_id": 1}
        both = {what: before[0].get(what, 0) + before[1].get(what, 0) for what in {**before[0], **before[1]}}
        assert naming(customer("ann")) == both | own
        assert naming(customer("ann k")) == {"identitychange.identity_id": 1, "identityrow.identity_id": 5}

        split("ann k")

        # Cases are made anew from the contacts, later.
        kept = {what: count for what, count in naming(customer("ann k")).items() if "change" not in what}
        assert kept == {what: count for what, count in before[1].items() if what != "case.customer_id"}
        assert not IdentityRow.objects.exists()


def test_what_comes_later_under_a_merged_identity_is_the_survivors_and_goes_with_the_identity(acme: BrandRef) -> None:
    with brand_tx(acme):
        come("ann", "1")
        come("ann k", "2")
        merge("ann", "ann k")
        come("ann k", "3", days=1)
        come("ann", "4", days=2)
        merged = [owners(model) for model in (Order, Interaction)]
        again = told("orders", {"external_id": "3", "customer": "ann k", "amount": "5", "currency": "USD",
                                "ordered_at": START + timedelta(days=1)})  # fmt: skip
        split("ann k")

        assert merged == [{"1": "ann", "2": "ann", "3": "ann", "4": "ann"}] * 2
        assert again == ["DUPLICATE"]
        assert [owners(model) for model in (Order, Interaction)] == [
            {"1": "ann", "2": "ann k", "3": "ann k", "4": "ann"}
        ] * 2


def test_a_row_that_names_another_identity_of_the_same_customer_goes_with_that_one(acme: BrandRef) -> None:
    order = {"external_id": "1", "amount": "5", "currency": "USD", "ordered_at": START}
    with brand_tx(acme):
        told("customers", {"external_id": "ann"}, {"external_id": "ann k"})
        told("orders", {**order, "customer": "ann k"})
        merge("ann", "ann k")

        assert told("orders", {**order, "customer": "ann"}, {**order, "customer": "ann"}) == ["UPDATED", "DUPLICATE"]
        split("ann k")
        assert owners(Order) == {"1": "ann"}


def test_a_referral_between_two_identities_of_one_customer_rests_until_they_are_two_again(acme: BrandRef) -> None:
    brought = {"external_id": "1", "referrer": "ann", "customer": "ann k", "referred_at": START}
    with brand_tx(acme):
        told("referrals", brought)
        merge("ann", "ann k")

        assert told("referrals", brought, {**brought, "external_id": "2"}) == ["DUPLICATE", "REJECTED"]
        merge_into_third = {"external_id": "carl"}
        told("customers", merge_into_third)
        merge("carl", "ann")
        split("ann")
        ends = Referral.objects.values_list("referrer__external_id", "customer__external_id").get()
        assert ends == ("ann", "carl")


def test_what_is_made_of_the_rows_is_made_anew(acme: BrandRef) -> None:
    with brand_tx(acme):
        come("ann", "1")
        come("ann k", "2", days=1)
        join_all()
        for each in ("ann", "ann k"):
            CustomerValue.objects.create(
                customer_id=customer(each), first_bought_at=START, p_alive=1, purchases=1, value=1, fitted_at=START
            )
        CaseMark.objects.all().delete()
        DirtyMark.objects.all().delete()
        apart = members()

        merge("ann", "ann k")

        day = (START + timedelta(days=1)).date()
        marked = set(DirtyMark.objects.values_list("topic", "day"))
        assert {("interaction", day), ("survey_response", day)} <= marked
        assert not CustomerValue.objects.exists()
    join_marked(acme, now=NOW)
    with brand_tx(acme):
        together = members()
        split("ann k")
    join_marked(acme, now=NOW)
    with brand_tx(acme):
        assert (apart, together, members()) == ([["1"], ["2"]], [["1", "2"]], [["1"], ["2"]])
        assert set(Case.objects.values_list("customer__external_id", flat=True)) == {"ann", "ann k"}


def test_chains_lead_to_the_last_and_circles_are_refused(acme: BrandRef) -> None:
    with brand_tx(acme):
        for name in ("ann", "bea", "cat"):
            come(name, name)
        merge("bea", "ann")
        merge("cat", "bea")
        merge("cat", "bea")

        assert set(Customer.objects.filter(merged_into=customer("cat")).values_list("external_id", flat=True)) == {
            "ann", "bea"
        }  # fmt: skip
        assert set(owners(Order).values()) == {"cat"}
        for survivor, merged in (("ann", "cat"), ("bea", "ann"), ("ann", "bea")):
            with pytest.raises(Conflict, match="merged into another"):
                merge(survivor, merged)
        with pytest.raises(BadInput):
            merge("cat", "cat")
        with pytest.raises(Conflict, match="no identity"):
            split("cat")
        split("bea")
        assert owners(Order) == {"ann": "cat", "bea": "bea", "cat": "cat"}
        told_of = IdentityChange.objects.filter(customer=customer("cat")).order_by("id")
        assert sorted(told_of.values_list("kind", "identity__external_id")) == [
            ("MERGED", "ann"), ("MERGED", "bea"), ("SPLIT", "bea"),
        ]  # fmt: skip


def test_who_may_not_and_what_is_not_there_change_nothing(acme: BrandRef, globex: BrandRef) -> None:
    with brand_tx(globex):
        come("ann", "1")
        elsewhere = customer("ann")
    with brand_tx(acme):
        come("ann", "1")
        come("ann k", "2")
        ids = {"survivor_id": customer("ann"), "merged_id": customer("ann k")}
        for role in (Role.ANALYST, Role.VIEWER, Role.AGENT):
            with pytest.raises(Forbidden):
                commands.merge_customers(actor=viewer(role), **ids, now=NOW)
        for unknown in (elsewhere, uuid7()):
            with pytest.raises(NotFound):
                commands.merge_customers(actor=viewer(), survivor_id=ids["survivor_id"], merged_id=unknown, now=NOW)
            with pytest.raises(NotFound):
                commands.split_customer(actor=viewer(), identity_id=unknown, now=NOW)

        assert owners(Order) == {"1": "ann", "2": "ann k"}
        assert not IdentityChange.objects.exists()
