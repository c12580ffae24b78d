"""A person known as several customers is one: forgotten, kept and handed out as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import Customer
from cxplatform.errors import Conflict
from cxplatform.graphql.global_ids import global_id
from cxplatform.privacy.models import Erasure
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes
from tests.interactions.working.rows import viewer
from tests.privacy.test_retention import NOW, person, rules, sweep

pytestmark = pytest.mark.django_db
ERASE = "mutation ($id: ID!) { eraseCustomer(input: {id: $id}) { erasure { id } userErrors { code field } } }"
EXPORT = """mutation ($id: ID!) { exportCustomer(input: {id: $id}) {
  export { tables { name rows } } userErrors { code } } }"""


@pytest.fixture
def ids(acme: BrandRef) -> dict[str, str]:
    """Ana, active of late, into whom one was merged who was not for a year."""
    with brand_tx(acme):
        ana, old = person("ana", days=5), person("old", days=380)
        commands.merge_customers(actor=viewer(), survivor_id=ana.pk, merged_id=old.pk, now=timezone.now())
        return {"ana": global_id("Customer", ana.pk), "old": global_id("Customer", old.pk)}


def test_an_identity_is_kept_as_long_as_whose_it_is_is_active(acme: BrandRef, ids: dict[str, str]) -> None:
    rules(acme, identity_days=100)

    swept = sweep(acme)

    assert (swept.state, swept.rows) == ("DONE", 0)
    with brand_tx(acme):
        kept = Customer.objects.order_by("external_id").values_list("external_id", "name")
        assert list(kept) == [("ana", "ana"), ("old", "old")]


def test_an_identity_goes_with_whose_it_is(acme: BrandRef, ids: dict[str, str]) -> None:
    rules(acme, identity_days=3)

    sweep(acme)

    with brand_tx(acme):
        assert not Customer.objects.exclude(name=None).exists()
        assert not Customer.objects.exclude(external_id__startswith="erased-").exists()


def test_nobody_is_erased_by_one_of_its_identities_alone(
    acme: BrandRef, asker: MakeAsker, ids: dict[str, str]
) -> None:
    told = asker(Role.BRAND_ADMIN).data(ERASE, {"id": ids["old"]})["eraseCustomer"]

    assert told == {"erasure": None, "userErrors": [{"code": "CONFLICT", "field": "id"}]}
    with brand_tx(acme):
        assert not Erasure.objects.exists()


def test_who_is_being_erased_is_neither_merged_nor_split(acme: BrandRef, asker: MakeAsker, ids: dict[str, str]) -> None:
    admin = asker(Role.BRAND_ADMIN)
    assert codes(admin.ask(ERASE, {"id": ids["ana"]})) == []

    with brand_tx(acme):
        ana, old = (Customer.objects.get(external_id=name).pk for name in ("ana", "old"))
        other = Customer.objects.create(external_id="ben", joined_at=NOW - timedelta(days=1)).pk
        for survivor, merged in ((ana, other), (other, ana)):
            with pytest.raises(Conflict):
                commands.merge_customers(actor=viewer(), survivor_id=survivor, merged_id=merged, now=NOW)
        with pytest.raises(Conflict):
            commands.split_customer(actor=viewer(), identity_id=old, now=NOW)
        assert Customer.objects.filter(merged_into=ana).count() == 1
        assert not Customer.objects.filter(merged_into=other).exists()


def test_by_an_identity_all_of_the_person_is_handed_out(asker: MakeAsker, ids: dict[str, str]) -> None:
    admin = asker(Role.BRAND_ADMIN)

    by_identity, by_customer = (
        {each["name"]: each["rows"] for each in admin.data(EXPORT, {"id": ids[name]})["exportCustomer"]["export"]["tables"]}
        for name in ("old", "ana")
    )

    # The second tells of the first.
    assert len(by_customer.pop("AuditEvent")) == len(by_identity.pop("AuditEvent")) + 1
    assert by_identity == by_customer
    assert len(by_identity["Interaction"]) == 4
