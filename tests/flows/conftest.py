"""Two brands behind a web server and a worker of their own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from apps.accounts.models import Brand
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests.flows.client import Client, client_of
from tests.flows.programs import web_and_worker


@pytest.fixture
def address(committed: None, worker_id: str) -> Iterator[str]:
    with web_and_worker(worker_id) as url:
        yield url


@pytest.fixture
def acme_client(address: str, acme: BrandRef) -> Client:
    return client_of(acme, address)


@pytest.fixture
def bank_client(committed: None, acme: BrandRef, request: pytest.FixtureRequest) -> Iterator[Client]:
    """The first brand, moved to where the bank is."""
    moved = replace(acme, time_zone="Asia/Jerusalem")
    _set_zone(moved)
    try:
        yield client_of(moved, request.getfixturevalue("address"))
    finally:
        _set_zone(acme)


def _set_zone(brand: BrandRef) -> None:
    with shared_tx():
        Brand.objects.filter(pk=brand.id).update(time_zone=brand.time_zone)
