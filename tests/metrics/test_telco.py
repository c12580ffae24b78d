"""The published numbers of a telephone company's customers: who left, and what that cost."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apps.customers.models import Customer, Order
from apps.metrics import selectors
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

FILE = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "telco_churn.csv.gz"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason=f"the data set {FILE.name} is not on this machine"),
]
MONTH = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def store() -> None:
    """Everybody's subscription is renewed in February at its monthly charge; who churned leaves in March."""
    before, within = datetime(2026, 2, 10, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)
    customers, orders = [], []
    with gzip.open(FILE, "rt") as lines:
        for row in csv.DictReader(lines):
            left = within if row["Churn"] == "Yes" else None
            customer = Customer(
                external_id=row["customerID"], segment=row["Contract"], joined_at=before, churned_at=left
            )
            customers.append(customer)
            amount = row["MonthlyCharges"]
            known = {"external_id": row["customerID"], "customer": customer, "currency": "USD", "amount": amount}
            orders.append(Order(ordered_at=before, kind="RENEWAL", **known))
    Customer.objects.bulk_create(customers)
    Order.objects.bulk_create(orders)


def test_churn_and_what_it_costs_are_the_published_ones(acme: BrandRef) -> None:
    with brand_tx(acme, statement_timeout_ms=60_000):
        store()
        churn, retention, gross, net = (
            selectors.metric_value(key, MONTH, now=NOW)
            for key in ("CHURN_RATE", "RETENTION_RATE", "GROSS_REVENUE_RETENTION", "NET_REVENUE_RETENTION")
        )

    assert (churn.numerator, churn.denominator, round(churn.value, 4)) == (1_869, 7_043, 0.2654)
    assert (retention.numerator, retention.denominator) == (7_043 - 1_869, 7_043)
    assert (round(gross.denominator, 2), round(gross.denominator - gross.numerator, 2)) == (456_116.60, 139_130.85)
    assert round(gross.value, 4) == round(net.value, 4) == 0.6950
    assert gross.sample_size == 7_043
    assert gross.interval.method == "BOOTSTRAP"
    assert gross.interval.low < gross.value < gross.interval.high
    # By hand: the spread of a ratio of means over 7,043 customers comes to 0.0059.
    assert gross.interval.high - gross.interval.low == pytest.approx(2 * 1.96 * 0.0059, rel=0.15)
