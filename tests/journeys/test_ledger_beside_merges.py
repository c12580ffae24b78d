"""The ledger is made anew while customers are merged: each waits for the other, and nobody for ever."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import Customer
from apps.journeys import commands
from apps.journeys.ledger.renewal import renew, renew_evidence
from apps.journeys.models import PromiseOutcome, TouchpointEvent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.interactions.working.rows import viewer
from tests.journeys.ledger import START, at, event, settle, take

WAITING = """SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"""
ROUNDS = 6


@pytest.fixture
def brand(committed: None, acme: BrandRef) -> BrandRef:
    admin = viewer(Role.BRAND_ADMIN)
    with brand_tx(acme):
        commands.create_department(actor=admin, key="shop", name="Shop", now=START)
        commands.create_promise(
            actor=admin, key="easy", text="Easy", maker="shop", criterion="SMOOTH", within_ms=None, now=START
        )
        for name in ("ana", "bea"):
            Customer.objects.create(external_id=name)
    take(acme, went("first", "SMOOTH"))
    settle(acme)
    return acme


def went(key: str, outcome: str) -> dict[str, object]:
    return event(key, customer="bea", promise="easy", outcome=outcome)


def merge(brand: BrandRef) -> None:
    """Merge Bea into Ana, in a transaction of its own."""
    with brand_tx(brand):
        keys = dict(Customer.objects.values_list("external_id", "pk"))
        merge_customers(actor=viewer(), survivor_id=keys["ana"], merged_id=keys["bea"], now=at(2))


def split(brand: BrandRef) -> None:
    with brand_tx(brand):
        bea = Customer.objects.get(external_id="bea").pk
        split_customer(actor=viewer(), identity_id=bea, now=at(2))


def whose(brand: BrandRef) -> dict[str, tuple[str, str]]:
    """Read whose each outcome is, and what it is, by event."""
    with brand_tx(brand):
        names = dict(TouchpointEvent.objects.values_list("pk", "external_id"))
        rows = PromiseOutcome.objects.values_list("evidence_id", "customer__external_id", "outcome")
        return {names[evidence]: (customer, outcome) for evidence, customer, outcome in rows}


def test_a_merge_that_comes_while_the_ledger_is_made_waits_and_both_are_done(brand: BrandRef) -> None:
    """One outcome changes, and one is new, which names its customer just when a merge would have locked that."""
    take(brand, went("first", "FAILED"), went("second", "SMOOTH"))
    begun = Event()

    def make() -> None:
        try:
            with brand_tx(brand):
                keys = dict(TouchpointEvent.objects.values_list("external_id", "pk"))
                renew_evidence([keys["first"]])
                begun.set()
                insist_on_somebody_waiting()
                renew_evidence([keys["second"]])
        finally:
            connections.close_all()

    def merge_meanwhile() -> None:
        try:
            assert begun.wait(20)
            merge(brand)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(make), pool.submit(merge_meanwhile)]:
            done.result()

    settle(brand)
    assert whose(brand) == {"first": ("ana", "BROKEN"), "second": ("ana", "KEPT")}


def insist_on_somebody_waiting() -> None:
    """Wait until somebody waits for a lock: for one of this transaction's, as nobody else is there."""
    until = time.monotonic() + 20
    with sql() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waited.")


def test_whoever_comes_first_all_is_done_and_nothing_is_lost(brand: BrandRef) -> None:
    """Events come, the ledger is made, and customers are merged and split, all at once and again."""

    def work(what: int) -> None:
        try:
            for number in range(ROUNDS):
                if what == 0:
                    merge(brand)
                    split(brand)
                elif what == 1:
                    take(brand, went("first", ("FAILED", "SMOOTH")[number % 2]), went(f"new {number}", "SMOOTH"))
                else:
                    renew(brand)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, what) for what in (0, 1, 2, 2)]:
            done.result()

    settle(brand)
    kept = {f"new {number}": ("bea", "KEPT") for number in range(ROUNDS)}
    assert whose(brand) == {"first": ("bea", "KEPT"), **kept}
