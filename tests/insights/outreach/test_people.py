"""What becomes of a rule's rows when customers are split, handed out or erased."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import Customer
from apps.insights.models import Outreach
from apps.insights.outreach.taking import take
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.runner import run_due
from cxplatform.privacy.models import Erasure
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, admin, asker
from tests.insights.outreach.made import DAY, NOW, arms, listen, people, rule
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]
pytestmark = pytest.mark.django_db

EXPORT = "mutation($id: ID!) { exportCustomer(input: {id: $id}) { export { tables { name rows } } } }"
ERASE = "mutation($id: ID!) { eraseCustomer(input: {id: $id}) { userErrors { code } } }"


@pytest.fixture(autouse=True)
def _deaf_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    from cxplatform.jobs.tasks import run_jobs

    monkeypatch.setattr(run_jobs, "_send", lambda *args: None)


def test_a_split_gives_back_and_nobody_is_drawn_again(acme: BrandRef) -> None:
    with brand_tx(acme):
        listen()
        of, (one, other) = rule(), people(2)
        take(of.pk, now=NOW)
        before = arms(of)
        told: dict[str, Any] = {"actor": viewer(Role.BRAND_ADMIN)}
        merge_customers(**told, survivor_id=one.pk, merged_id=other.pk, now=NOW + DAY)
        assert set(Outreach.objects.values_list("customer_id", flat=True)) == {one.pk}
        take(of.pk, now=NOW + DAY)
        split_customer(**told, identity_id=other.pk, now=NOW + 2 * DAY)
        take(of.pk, now=NOW + 2 * DAY)

        assert arms(of) == before
        assert Outreach.objects.count() == 2


def test_an_export_has_the_rows(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        listen()
        of, (one, _) = rule(), people(2)
        take(of.pk, now=NOW)
        arm = arms(of)[one.external_id]
    told = admin.data(EXPORT, {"id": global_id("Customer", one.pk)})["exportCustomer"]["export"]["tables"]

    (row,) = next(table["rows"] for table in told if table["name"] == "Outreach")
    assert row["arm"] == arm


def test_who_is_being_erased_or_was_is_not_taken_and_rows_stay_without_a_name(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        listen()
        of, (taken, late, _) = rule(), people(3)
        take(of.pk, now=NOW, most=1)
        assert list(arms(of)) == [taken.external_id]
    for each in (taken, late):
        admin.data(ERASE, {"id": global_id("Customer", each.pk)})
    with brand_tx(acme):
        assert Erasure.objects.count() == 2
        take(of.pk, now=NOW + DAY)
        assert Outreach.objects.count() == 2
    run_due(acme)
    with brand_tx(acme):
        take(of.pk, now=NOW + DAY)

        assert Customer.objects.get(pk=late.pk).external_id.startswith("erased-")
        assert Outreach.objects.filter(customer=taken).count() == 1
        assert not Outreach.objects.filter(customer=late).exists()
