"""A brand that asks for too much is told to wait; whoever asks beside it is answered."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from cxplatform.tenancy.brand import BrandRef
from tests import cluster
from tests.flows.client import client_of
from tests.flows.flood import PAGE, Fared, flooded, paced
from tests.flows.programs import web
from tests.graphql.rows import page_of_everything

# The flood asks for pages from several threads at once; of a few tries one has to be undisturbed by the machine.
FLOODERS, REQUESTS, A_SECOND, TRIES = 16, 40, 20, 8
MOMENT_SECONDS = 0.015
FOUR_PAGES = " ".join(["{", *(f"page{number}: {PAGE.strip()[1:-1]}" for number in range(4)), "}"])


@pytest.fixture
def small_buckets(committed: None, worker_id: str) -> Iterator[str]:
    """Serve with a brand's bucket that a few pages empty."""
    # A database of its own in Valkey, for the brands are other tests' too.
    cache = urlsplit(os.environ[cluster.VALKEY])._replace(path="/7").geturl()
    sizes = {"CX_THROTTLE": "on", "CX_THROTTLE_BRAND_POINTS": "4000", "CX_THROTTLE_BRAND_POINTS_A_SECOND": "100"}
    with web(worker_id, threads=8, CACHE_URL=cache, **sizes) as address:
        yield address


def test_one_brands_flood_is_its_own_trouble(small_buckets: str, acme: BrandRef, globex: BrandRef) -> None:
    page_of_everything(acme, 50)
    flooder, innocent = client_of(acme, small_buckets), client_of(globex, small_buckets)
    paced(small_buckets, innocent.admin, requests=10, a_second=A_SECOND)

    tries = [tried(small_buckets, flooder.admin, innocent.admin)]
    while len(tries) < TRIES and not tries[-1].in_time:
        tries.append(tried(small_buckets, flooder.admin, innocent.admin))

    for each in tries:
        assert each.alone.statuses == each.beside.statuses == {200: REQUESTS}
        assert all(seconds is not None and int(seconds) >= 1 for seconds in each.flood.retry_after)
    assert set(tries[0].flood.statuses) == {200, 429}
    assert tries[0].flood.statuses[429] > tries[0].flood.statuses[200]
    assert tries[-1].in_time, [(each.alone.quantile(0.95), each.beside.quantile(0.95)) for each in tries]


@dataclass(frozen=True)
class Tried:
    """How an innocent fared alone and then beside the flood, and how that fared."""

    alone: Fared
    beside: Fared
    flood: Fared

    @property
    def in_time(self) -> bool:
        """Whether nearly all answers beside the flood came within twice the time of those before it, and a moment."""
        return self.beside.quantile(0.95) <= 2 * self.alone.quantile(0.95) + MOMENT_SECONDS


def tried(address: str, flooder: str, innocent: str) -> Tried:
    alone = paced(address, innocent, requests=REQUESTS, a_second=A_SECOND)
    flooders = [flooder] * FLOODERS
    flood, beside = flooded(
        address, flooders, innocent, requests=REQUESTS, a_second=A_SECOND, pause=0.02, query=FOUR_PAGES
    )
    return Tried(alone, beside, flood)
