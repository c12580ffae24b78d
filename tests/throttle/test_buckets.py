"""Buckets give what they hold and fill again, by one arithmetic in Valkey and in memory."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest

from cxplatform.throttle.buckets import Bucket, RateLimited
from cxplatform.throttle.local import LocalBuckets
from cxplatform.throttle.shared import SharedBuckets
from cxplatform.throttle.throttle import Throttle
from tests import cluster


def bucket(capacity: int = 100, a_second: float = 0.001) -> Bucket:
    """Make a bucket nobody else uses; it does not fill while a test lasts."""
    return Bucket("key", f"shared:test:{uuid4()}", capacity, a_second)


@pytest.fixture(params=["valkey", "memory"])
def buckets(request: pytest.FixtureRequest) -> SharedBuckets | LocalBuckets:
    return SharedBuckets(os.environ[cluster.VALKEY]) if request.param == "valkey" else LocalBuckets()


def test_a_bucket_gives_what_it_holds_and_no_more(buckets: SharedBuckets | LocalBuckets) -> None:
    own = bucket(100)

    assert buckets.take([own], 60).available == (40,)
    assert buckets.take([own], 41).wait_seconds > 0
    assert buckets.take([own], 40).available == (0,)
    assert buckets.take([own], 1).wait_seconds > 0


def test_what_is_given_back_can_be_taken_again(buckets: SharedBuckets | LocalBuckets) -> None:
    own = bucket(100)
    buckets.take([own], 100)

    buckets.take([own], -70)

    assert buckets.take([own], 70).available == (0,)


def test_a_bucket_never_holds_more_than_its_capacity(buckets: SharedBuckets | LocalBuckets) -> None:
    own = bucket(100)

    buckets.take([own], -500)

    assert buckets.take([own], 0).available == (100,)


def test_what_one_bucket_lacks_is_taken_from_none(buckets: SharedBuckets | LocalBuckets) -> None:
    small, large = bucket(10), bucket(100)
    buckets.take([small], 8)

    refused = buckets.take([small, large], 5)

    assert refused.available == (2, 100)
    assert buckets.take([large], 100).wait_seconds == 0


def test_a_bucket_fills_again_and_says_when(buckets: SharedBuckets | LocalBuckets) -> None:
    own = bucket(10, a_second=20)

    # Tried again where it filled between two takes, as it does while a busy machine does something else.
    wait = next(wait for _ in range(1_000) if (wait := buckets.take([own], 5).wait_seconds))
    sleep(wait)

    assert wait <= 0.25
    assert buckets.take([own], 5).wait_seconds == 0


def test_what_costs_more_than_a_bucket_holds_takes_all_of_it(buckets: SharedBuckets | LocalBuckets) -> None:
    own = bucket(100)

    assert buckets.take([own], 5_000).available == (0,)


def test_points_given_back_without_waiting_for_an_answer_arrive() -> None:
    own, shared = bucket(100), SharedBuckets(os.environ[cluster.VALKEY])
    shared.take([own], 100)

    for _ in range(5):
        shared.give([own], 10)

    assert shared.take([own], 0).available == (50,)


def take_in_threads(own: Bucket) -> int:
    """Take 7 points twenty times, in two threads; how often there were any."""
    shared, admitted = SharedBuckets(os.environ[cluster.VALKEY]), list[bool]()

    def take() -> None:
        admitted.extend(shared.take([own], 7).wait_seconds == 0 for _ in range(10))

    threads = [Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(admitted)


def test_threads_and_processes_share_a_bucket_exactly() -> None:
    own = bucket(100)

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        admitted = list(processes.map(take_in_threads, [own] * 2))

    assert sum(admitted) == 14


@pytest.fixture
def silent() -> Iterator[str]:
    """Listen and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_a_valkey_that_does_not_answer_stalls_nobody(silent: str) -> None:
    throttle, own = Throttle(silent), bucket(100)
    began = monotonic()

    for _ in range(500):
        throttle.charge([own], 0)

    # Were each to wait for it, all would for a hundred seconds.
    assert monotonic() - began < 50


def test_while_valkey_is_away_a_process_throttles_by_itself() -> None:
    throttle, own = Throttle("redis://127.0.0.1:1/0"), bucket(100)

    charge = throttle.charge([own], 90)
    with pytest.raises(RateLimited) as refused:
        throttle.charge([own], 20)
    charge.refund(80)

    assert refused.value.retry_after_seconds >= 1
    assert throttle.charge([own], 20).available == (70,)
