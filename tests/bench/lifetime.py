"""`python -m tests.bench.lifetime`: fit the models of purchases to 200,000 customers; `CUSTOMERS=20000` for fewer."""

import os
import resource
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from tests.bench.__main__ import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

CUSTOMERS = int(os.environ.get("CUSTOMERS", "200000"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)
YEARS = 2 * 365
# One purchase in so many is refunded.
REFUNDED = 20


def main() -> None:
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start: {CUSTOMERS:,} customers,", end=" ")
    with servers():
        print(f"{_fill():,} orders of two years", flush=True)
        _measure()


def _fill() -> int:
    """Store customers and what they bought, as BG/NBD and Gamma-Gamma tell it; how many orders there are."""
    from django.db import connections

    from apps.customers.models import Customer, Order
    from cxplatform.ids import uuid7
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.filling import copy_rows, imported
    from tests.cluster import ACME

    ids = [uuid7() for _ in range(CUSTOMERS)]
    with brand_tx(ACME, statement_timeout_ms=600_000):
        people = ({**imported(NOW), "id": key, "external_id": f"c{n}"} for n, key in enumerate(ids))
        copy_rows(Customer, people)
        orders = (
            {**imported(NOW), "external_id": f"o{n}", "currency": "USD", **order}
            for n, order in enumerate(_orders(ids))
        )
        copy_rows(Order, orders)
        count = Order.objects.count()
    with connections["owner"].cursor() as cursor:
        for table in ("customer", "order"):
            cursor.execute(f"VACUUM ANALYZE {ACME.schema}.customers_{table}")
    return count


def _orders(ids: list[Any]) -> "Iterator[dict[str, Any]]":
    """Draw every customer's purchases: a rate, a chance to leave after each, and a usual amount of its own."""
    chance = Random(7)
    for customer in ids:
        day, rate = chance.uniform(0, YEARS), chance.gammavariate(0.8, 1 / 60)
        leaves, usual = chance.betavariate(1.2, 4), 40 / chance.gammavariate(4, 1)
        while day < YEARS:
            row = {"customer_id": customer, "ordered_at": NOW - timedelta(days=YEARS - day)}
            amount = round(chance.gammavariate(4, usual) + 0.01, 2)
            yield {**row, "amount": amount, "kind": "PURCHASE"}
            if chance.random() < 1 / REFUNDED:
                yield {**row, "amount": amount, "kind": "REFUND"}
            if chance.random() < leaves:
                break
            day += chance.expovariate(rate)


def _measure() -> None:
    from tests.bench.costs import Contender, medians_of

    before = _peak()
    # The first has nothing to replace.
    for what in ("first fitted", "fitted anew"):
        (cost,) = medians_of([Contender(_refit)], rounds=1)
        stored = _stored()
        print(
            f"{what}: {cost.wall:.1f} s, CPU {cost.python:.1f} + {cost.server:.1f} s, {stored:,} values stored,"
            f" load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    print(f"memory of Python at its peak: {_peak():,} MB, {before:,} before")


def _refit() -> None:
    """Fit once, in the door and with the time-out of the job that does."""
    from apps.metrics.lifetime.fitting import fit_lifetimes
    from apps.metrics.lifetime.refitting import TIMEOUT_MS
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.costs import BenchmarkBroken
    from tests.cluster import ACME

    with brand_tx(ACME, statement_timeout_ms=TIMEOUT_MS):
        fit = fit_lifetimes(now=NOW)
    if fit.reason:
        raise BenchmarkBroken(f"Nothing was fitted: {fit.reason}")


def _stored() -> int:
    from apps.metrics.models import CustomerValue
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.costs import BenchmarkBroken
    from tests.cluster import ACME

    with brand_tx(ACME, read_only=True):
        stored = CustomerValue.objects.count()
    if stored != CUSTOMERS:
        raise BenchmarkBroken(f"{stored:,} of {CUSTOMERS:,} customers were valued.")
    return stored


def _peak() -> int:
    """Return the most memory this process had at once, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
