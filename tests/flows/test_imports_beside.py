"""Numbers are made anew while imports go on, for those have a worker of their own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from apps.customers.imports import CUSTOMERS
from cxplatform.imports.loading import lock_kind
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.flows.client import client_of
from tests.flows.programs import eventually, web, worker
from tests.graphql.test_mutations import RECORD_INTERACTION

CONTACT = {"externalId": "1", "channel": "EMAIL", "openedAt": "2026-03-02T09:00:00Z"}
MARCH = {"from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00"}
VOLUME = "query($window: WindowInput!) { metric(key: VOLUME, window: $window) { value provisional } }"


@pytest.fixture
def address(committed: None, worker_id: str) -> Iterator[str]:
    """Serve with a worker and an importer, each of which does one thing at a time."""
    with worker(worker_id, queues="celery"), worker(worker_id, queues="jobs"), web(worker_id) as url:
        yield url


@contextmanager
def holding_up_imports_of_customers(brand: BrandRef) -> Iterator[None]:
    """Hold the lock that the brand's imports of customers wait for, in their places, as long as the block does."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with brand_tx(brand):
            lock_kind(brand, CUSTOMERS)
            held.set()
            done.wait(240)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(60)
        yield
    finally:
        done.set()
        holder.join()


def is_being_run(brand: BrandRef) -> bool:
    """Tell whether a worker has taken the brand's job."""
    with brand_tx(brand, read_only=True):
        return Job.objects.filter(state=JobState.RUNNING).exists()


def test_numbers_are_made_while_an_import_keeps_the_importer(address: str, acme: BrandRef, globex: BrandRef) -> None:
    importing, working = client_of(acme, address), client_of(globex, address)

    with holding_up_imports_of_customers(acme):
        job = importing.send("customers", b"external_id\nann\n")
        eventually(lambda: is_being_run(acme), seconds=90)
        working.change(RECORD_INTERACTION, input=CONTACT)
        eventually(working.numbers_are_made, seconds=90)
        meanwhile = importing.status(job)["state"]

    assert meanwhile == "QUEUED"
    assert working.ask(VOLUME, window=MARCH)["metric"] == {"value": 1, "provisional": False}
    eventually(lambda: importing.status(job)["state"] == "DONE", seconds=60)
