"""Segments of a brand whose tables were filled a moment ago, of which PostgreSQL knows nothing yet."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import SegmentStay
from apps.customers.segments.evaluating import evaluate
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import told
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer

pytestmark = pytest.mark.django_db

CUSTOMERS = 300
ORDERS = 3 * CUSTOMERS


def test_orders_are_gone_through_for_everybody_together_and_not_for_each(acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", *({"external_id": str(number)} for number in range(CUSTOMERS)))
        told("orders", *(order(number) for number in range(ORDERS)))
        rules = {"ordered": {"at_least": 3, "within_days": 365}}
        loyal = commands.create_segment(actor=viewer(Role.BRAND_ADMIN), key="loyal", name="", rules=rules, now=NOW)
        before = orders_read()

        evaluate(loyal.pk, now=NOW, most=CUSTOMERS)

        assert SegmentStay.objects.count() == CUSTOMERS
        assert orders_read() - before <= 5 * ORDERS


def order(number: int) -> dict[str, object]:
    return {
        "external_id": f"o{number}", "customer": str(number % CUSTOMERS), "amount": "10", "currency": "USD",
        "ordered_at": (NOW - timedelta(days=1 + number % 9)).isoformat(),
    }  # fmt: skip


def orders_read() -> int:
    """Count the orders that this transaction was given by scans and through indexes.

    Of indexes not their entries, of which some may be of rows that other tests deleted.
    """
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT sum(pg_stat_get_xact_tuples_fetched(c.oid)
                + CASE WHEN i.indexrelid IS NULL THEN pg_stat_get_xact_tuples_returned(c.oid) ELSE 0 END)
            FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE coalesce(i.indrelid, c.oid) = 'customers_order'::regclass
        """)
        return int(cursor.fetchone()[0])
