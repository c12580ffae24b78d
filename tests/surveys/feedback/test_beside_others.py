"""What making and enriching feedback leaves to others meanwhile: an import's lock, and a worker's place."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import OperationalError, connections

from apps.surveys.enrichment.choosing import enricher
from apps.surveys.feedback import deriving
from apps.surveys.feedback.deriving import derive_marked
from apps.surveys.feedback.enriching import enrich_some
from apps.surveys.models import FeedbackItem
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.surveys.feedback.said import BAD, GOOD, NOW, comment, contact, work

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def others() -> Iterator[ThreadPoolExecutor]:
    """Lend a thread, and so another connection."""
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result(timeout=30)


def made(brand: BrandRef) -> list[str]:
    with brand_tx(brand):
        return list(FeedbackItem.objects.order_by("occurred_at").values_list("text", flat=True))


def test_a_batch_is_of_few_rows_or_of_one_day(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "MOST_ROWS", 3)
    for day, number in ((2, 4), (3, 1), (4, 1), (5, 0), (6, 2)):
        at = datetime(2026, 3, day, 15, tzinfo=UTC).isoformat()
        for each in range(number):
            contact(acme, f"{day}/{each}", f"{day}/{each}", opened_at=at)
    comment(acme, "said on the second")

    batches = [(derive_marked(acme), len(made(acme))) for _ in range(3)]

    assert batches == [(True, 5), (True, 7), (False, 9)]


def test_what_somebody_has_under_way_keeps_no_workers_place_and_is_enriched_afterwards(
    acme: BrandRef, others: ThreadPoolExecutor
) -> None:
    contact(acme, BAD, "i-1")
    contact(acme, GOOD, "i-2")
    while derive_marked(acme):
        pass
    held, done = Event(), Event()

    def hold() -> None:
        with brand_tx(acme):
            list(FeedbackItem.objects.select_for_update().filter(text=BAD))
            held.set()
            assert done.wait(timeout=60)

    holding = others.submit(hold)
    assert held.wait(timeout=60)
    try:
        with brand_tx(acme):
            assert enrich_some(enricher(), NOW)
        with pytest.raises(OperationalError), brand_tx(acme):
            enrich_some(enricher(), NOW)
    finally:
        done.set()
    holding.result(timeout=60)
    assert enriched(acme) == [GOOD]

    work(acme)

    assert sorted(enriched(acme)) == sorted([BAD, GOOD])


def enriched(brand: BrandRef) -> list[str]:
    with brand_tx(brand):
        return list(FeedbackItem.objects.filter(enriched_at__isnull=False).values_list("text", flat=True))
