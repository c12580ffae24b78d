"""Customers taken by a worker that is killed (-9) at any step, and by two at once: each is told once, or never."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from apps.insights.models import Outreach, ProactiveRule
from apps.insights.outreach.taking import FIRST, take
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, start
from tests.insights.outreach.made import NOW, listen, people, rule, told

pytestmark = pytest.mark.usefixtures("committed")
CUSTOMERS = 12


def prepare(brand: BrandRef) -> ProactiveRule:
    with brand_tx(brand):
        listen()
        people(CUSTOMERS)
        return rule(hold_out=0.5)


def insist_on_once() -> None:
    """Everybody has one row, and an event where it was treated."""
    assert Outreach.objects.count() == CUSTOMERS
    treated = Outreach.objects.filter(arm="TREATED").values_list("customer_id", flat=True)
    assert 0 < len(treated) < CUSTOMERS
    assert sorted(each["customer"] for each in told()) == sorted(global_id("Customer", key) for key in treated)


def test_a_worker_killed_at_any_step_asks_nobody_twice_and_the_next_asks_the_rest(acme: BrandRef) -> None:
    prepare(acme)
    points = [
        "outreach-written:1", "outreach-taken:1", "outreach-committed:1", "outreach-written:2", "outreach-taken:2",
        "outreach-committed:2",
    ]  # fmt: skip
    output, _ = start("-m", "tests.faults.outreaching", "acme", *points).communicate(timeout=120)
    assert output.decode().splitlines()[-1] == str([*[KILLED] * len(points), 0])

    with brand_tx(acme, read_only=True):
        insist_on_once()


def test_of_workers_that_take_at_once_each_takes_others(acme: BrandRef) -> None:
    of = prepare(acme).pk
    together = Barrier(3)

    def work(_: int) -> None:
        try:
            together.wait()
            after = FIRST
            while after is not None:
                with brand_tx(acme):
                    after = take(of, now=NOW, after=after, most=2)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))

    with brand_tx(acme, read_only=True):
        insist_on_once()
