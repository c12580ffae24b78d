"""Segments of a brand whose tables were filled a moment ago, of which PostgreSQL knows nothing yet."""

from datetime import timedelta

import pytest

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import SegmentStay
from apps.customers.segments.evaluating import evaluate
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import told
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer
from tests.rows_read import rows_read

pytestmark = pytest.mark.django_db

CUSTOMERS = 300
ORDERS = 3 * CUSTOMERS


def test_orders_are_gone_through_for_everybody_together_and_not_for_each(acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", *({"external_id": str(number)} for number in range(CUSTOMERS)))
        told("orders", *(order(number) for number in range(ORDERS)))
        rules = {"ordered": {"at_least": 3, "within_days": 365}}
        loyal = commands.create_segment(actor=viewer(Role.BRAND_ADMIN), key="loyal", name="", rules=rules, now=NOW)
        before = rows_read("customers_order")

        evaluate(loyal.pk, now=NOW, most=CUSTOMERS)

        assert SegmentStay.objects.count() == CUSTOMERS
        assert rows_read("customers_order") - before <= 5 * ORDERS


def order(number: int) -> dict[str, object]:
    return {
        "external_id": f"o{number}", "customer": str(number % CUSTOMERS), "amount": "10", "currency": "USD",
        "ordered_at": (NOW - timedelta(days=1 + number % 9)).isoformat(),
    }  # fmt: skip
