"""Notes about nobody in particular: those that name who is erased are emptied, all others stay."""

import pytest

from apps.accounts.permissions import Role
from apps.customers.commands import erase_customer
from apps.customers.models import Customer
from apps.journeys.models import Friction, FrictionChange, Touchpoint, Walkthrough, WalkthroughScore
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import viewer
from tests.isolation.api.mapped import SINCE, map_journey

pytestmark = pytest.mark.django_db
NAMING = [
    "Ana Lopez called twice.",
    "It was (ana lopez)!",
    "Mrs Lopez is right",
    "Ana: see her mail.",
    "Wrote to ana.l+shop@x.example, no answer",
    "CRM-0042",
    "Once known as Annie Moss.",
]
OTHERS = ["", "The slope is steep.", "Lopezes", "Banana", "CRM-00421", "no moss here", "Bea Miller called."]


@pytest.fixture
def brand(db: None, acme: BrandRef) -> BrandRef:
    with brand_tx(acme):
        ana = Customer.objects.create(
            external_id="CRM-0042", name="Ana Lopez", email="ana.l+shop@x.example", phone="+1"
        )
        Customer.objects.create(external_id="k", name="Annie Moss", merged_into=ana)
        Customer.objects.create(external_id="other", name="Bea Miller")
        map_journey("x", Touchpoint.objects.create(key="checkout"), "kept")
        friction = Friction.objects.get()
        FrictionChange.objects.all().delete()
        for note in [*NAMING, *OTHERS]:
            FrictionChange.objects.create(
                friction=friction, at=SINCE, status="CONFIRMED", note=note, actor_name="Ana Lopez"
            )
    return acme


def erase(brand: BrandRef) -> None:
    with brand_tx(brand):
        ana = Customer.objects.get(external_id="CRM-0042").pk
        erase_customer(actor=viewer(Role.BRAND_ADMIN), customer_id=ana, now=SINCE)
    run_due(brand)


def test_notes_that_name_who_is_erased_are_emptied_and_no_others(brand: BrandRef) -> None:
    erase(brand)

    with brand_tx(brand):
        notes = list(FrictionChange.objects.order_by("pk").values_list("note", flat=True))
        assert notes == [*([""] * len(NAMING)), *OTHERS]
        # Who acted stays known, and somebody of the staff may be called as a customer is.
        assert set(FrictionChange.objects.values_list("actor_name", flat=True)) == {"Ana Lopez"}


def test_so_are_notes_of_mystery_shoppers(brand: BrandRef) -> None:
    with brand_tx(brand):
        Walkthrough.objects.update(note="Ana Lopez stood before me.")
        WalkthroughScore.objects.update(note="Mrs Lopez paid.")

    erase(brand)

    with brand_tx(brand):
        assert list(Walkthrough.objects.values_list("note", "shopper")) == [("", "kept")]
        assert list(WalkthroughScore.objects.values_list("note", flat=True)) == [""]
