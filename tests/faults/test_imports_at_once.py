"""Imports of one brand at the same time: they wait for each other where they must, and lose nothing."""

import threading
import time
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from apps.customers.imports import CUSTOMERS
from apps.customers.models import Customer, Order
from cxplatform.audit.actors import OPERATOR
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import submit_import
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import start

pytestmark = pytest.mark.usefixtures("committed")
HELD_SECONDS = 1.5


def submit(brand: BrandRef, kind: str, lines: list[str]) -> None:
    body = "\n".join(lines).encode()
    submit_import(actor=OPERATOR, brand=brand, kind_name=kind, file_format="csv", pieces=[body], now=timezone.now())


def test_files_that_name_the_same_unknown_customers_make_each_once(acme: BrandRef) -> None:
    people = range(7_000)
    submit(acme, "customers", ["external_id,name", *(f"p{n},Name {n}" for n in reversed(people))])
    for kind in ("PURCHASE", "REFUND"):
        orders = (f"{kind}{n},p{n},2026-03-01T10:00:00Z,12.50,{kind}" for n in people)
        submit(acme, "orders", ["external_id,customer,ordered_at,amount,kind", *orders])

    workers = [start("-m", "tests.faults.worker", "acme") for _ in range(3)]

    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0]
    with brand_tx(acme):
        assert list(Job.objects.values_list("state", "error")) == [("DONE", "")] * 3
        assert set(ImportJob.objects.values_list("state", "rows", "rejected")) == {("DONE", 7_000, 0)}
        assert (Customer.objects.count(), Order.objects.count()) == (7_000, 14_000)
        assert Customer.objects.filter(name=None).count() == 0


def test_an_import_waits_for_a_lock_without_counting_it_as_a_failure(acme: BrandRef, settings: Any) -> None:
    # Much less, so that it is given up and tried again.
    settings.CX_LOCK_TIMEOUT_MS = 100
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with brand_tx(acme):
            lock_kind(acme, CUSTOMERS)
            held.set()
            done.wait(timeout=60)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(timeout=60)
    submit(acme, "customers", ["external_id", "p1"])
    before = time.monotonic()
    threading.Timer(HELD_SECONDS, done.set).start()
    run_due(acme)
    waited = time.monotonic() - before
    holder.join()

    assert waited >= HELD_SECONDS
    with brand_tx(acme):
        assert Job.objects.values_list("state", "attempts").get() == ("DONE", 1)
