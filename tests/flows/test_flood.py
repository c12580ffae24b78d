"""A brand that asks for too much is told to wait; whoever asks beside it is answered."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from cxplatform.tenancy.brand import BrandRef
from tests import cluster
from tests.flows.client import client_of
from tests.flows.flood import flooded
from tests.flows.programs import web
from tests.graphql.rows import page_of_everything


@pytest.fixture
def small_buckets(committed: None, worker_id: str) -> Iterator[str]:
    """Serve with a brand's bucket that a few pages empty."""
    # A database of its own in Valkey, for the brands are other tests' too.
    cache = urlsplit(os.environ[cluster.VALKEY])._replace(path="/7").geturl()
    sizes = {"CX_THROTTLE": "on", "CX_THROTTLE_BRAND_POINTS": "2000", "CX_THROTTLE_BRAND_POINTS_A_SECOND": "10"}
    with web(worker_id, CACHE_URL=cache, **sizes) as address:
        yield address


def test_one_brands_flood_is_its_own_trouble(small_buckets: str, acme: BrandRef, globex: BrandRef) -> None:
    page_of_everything(acme, 50)
    flooder, innocent = client_of(acme, small_buckets), client_of(globex, small_buckets)

    flood, fared = flooded(
        small_buckets, [flooder.admin, flooder.admin], innocent.admin, requests=40, a_second=10, pause=0.01
    )

    assert fared.statuses == {200: 40}
    assert set(flood.statuses) == {200, 429}
    assert flood.statuses[429] > flood.statuses[200]
    assert all(seconds is not None and int(seconds) >= 1 for seconds in flood.retry_after)
