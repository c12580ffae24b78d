"""Writers and recomputes at once, with real commits: nothing is missed, and one recompute waits for another."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connections

from apps.metrics import making, selectors
from apps.metrics.recompute import TOPICS, recompute, recompute_all
from cxplatform.dirty.marks import mark
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.rows import store
from tests.metrics.test_recompute import APRIL, NOW, rebuilt, stored, write


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.usefixtures("committed")
def test_a_write_during_a_recompute_is_counted_by_the_next(acme: BrandRef) -> None:
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        store([{"opened_at": datetime(2026, 4, 2, 12, tzinfo=UTC)}])
        mark("interaction", [date(2026, 4, 2)])
        in_thread(lambda: recompute_all(acme, now=NOW) and None).join()

    with brand_tx(acme):
        before = selectors.metric_value("VOLUME", APRIL, now=NOW)
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        after = selectors.metric_value("VOLUME", APRIL, now=NOW)

    assert (before.value, before.provisional) == (None, True)
    assert (after.value, after.provisional) == (1, False)


@pytest.mark.usefixtures("committed")
def test_a_second_recompute_waits_for_the_first(acme: BrandRef) -> None:
    with brand_tx(acme):
        making.lock()
        second = in_thread(lambda: recompute_all(acme, now=NOW) and None)
        second.join(timeout=0.5)
        waited = second.is_alive()
    second.join(timeout=10)

    assert (waited, second.is_alive()) == (True, False)


@pytest.mark.usefixtures("committed")
def test_writers_and_recomputes_at_once_end_in_the_right_numbers(acme: BrandRef) -> None:
    failures: list[BaseException] = []

    def safely(work: Callable[[int], None]) -> None:
        try:
            for turn in range(12):
                work(turn)
        except BaseException as failure:
            failures.append(failure)

    def records(writer: int, turn: int) -> None:
        moment = datetime(2026, 4, 1 + turn, 12, tzinfo=UTC)
        write(acme, [{"opened_at": moment, "external_id": f"{writer}-{turn}", "customer": "ana", "reason": "Refund"}])

    with brand_tx(acme):
        store([{"opened_at": datetime(2026, 4, 1, tzinfo=UTC), "customer": "ana", "reason": "Refund"}])
    threads = [in_thread(lambda writer=n: safely(lambda turn: records(writer, turn))) for n in range(2)]  # type: ignore[misc]
    threads += [in_thread(lambda: safely(lambda _: recompute(acme, now=NOW) and None)) for _ in range(2)]
    for thread in threads:
        thread.join()
    recompute_all(acme, now=NOW)

    assert failures == []
    assert stored(acme) == rebuilt(acme, NOW)
    with brand_tx(acme):
        assert selectors.metric_value("VOLUME", APRIL, now=NOW).value == 25
        assert not DirtyMark.objects.filter(topic__in=TOPICS).exists()
