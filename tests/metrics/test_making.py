"""How rollups are made, and what a number says of it meanwhile: in batches, provisionally, up to a watermark."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.metrics import selectors
from apps.metrics.definitions.registry import FACTS
from apps.metrics.models import Rollup, Watermark
from apps.metrics.recompute import MOST_DAYS, recompute, recompute_all, runs
from apps.metrics.windows import Window
from cxplatform.dirty.marks import mark
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.rows import store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
APRIL = Window(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))


@pytest.mark.django_db
def test_a_batch_is_bounded_and_deletes_just_the_marks_it_read(acme: BrandRef) -> None:
    with brand_tx(acme):
        store([{"opened_at": datetime(2026, 1, 1, 12, tzinfo=UTC)}, {"opened_at": datetime(2026, 4, 1, tzinfo=UTC)}])

    more = recompute(acme, now=NOW)

    with brand_tx(acme):
        left = DirtyMark.objects.filter(topic="interaction").count()
    assert (more, left) == (True, 90 - MOST_DAYS)
    assert recompute(acme, now=NOW) is False


@pytest.mark.django_db
def test_numbers_come_from_the_rows_while_rollups_are_made(acme: BrandRef) -> None:
    with brand_tx(acme):
        store(
            [{"opened_at": datetime(2026, 1, 1, 12, tzinfo=UTC)}, {"opened_at": datetime(2026, 4, 1, 12, tzinfo=UTC)}]
        )
    recompute(acme, now=NOW)

    with brand_tx(acme):
        answer = selectors.metric_value("VOLUME", APRIL, now=NOW)
        making = Watermark.objects.get(fact="interaction").layout

    assert making.startswith("building ")
    assert (answer.value, answer.provisional) == (1, True)


@pytest.mark.django_db
def test_rollups_of_another_layout_are_made_again(acme: BrandRef) -> None:
    with brand_tx(acme):
        store([{"opened_at": datetime(2026, 4, 2, tzinfo=UTC)}])
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        Watermark.objects.filter(fact="interaction").update(layout="of last year")
        Rollup.objects.update(components=[0.0])

    recompute_all(acme, now=NOW)

    with brand_tx(acme):
        assert selectors.metric_value("VOLUME", APRIL, now=NOW).value == 1
        assert Rollup.objects.filter(fact="interaction", components=[0.0]).count() == 0


@pytest.mark.django_db
def test_a_dirty_day_makes_its_numbers_provisional(acme: BrandRef) -> None:
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        mark("interaction", [date(2026, 4, 3)])
        dirty = selectors.metric_value("VOLUME", APRIL, now=NOW).provisional
    recompute_all(acme, now=NOW)
    with brand_tx(acme):
        clean = selectors.metric_value("VOLUME", APRIL, now=NOW).provisional

    assert (dirty, clean) == (True, False)


@pytest.mark.django_db
def test_the_watermark_is_the_latest_event_that_has_happened(acme: BrandRef) -> None:
    latest = datetime(2026, 5, 30, 12, tzinfo=UTC)
    with brand_tx(acme):
        store([{"opened_at": latest}, {"opened_at": NOW + timedelta(days=3)}])
    recompute_all(acme, now=NOW)

    with brand_tx(acme):
        assert selectors.metric_value("VOLUME", APRIL, now=NOW).as_of == latest
        assert selectors.metric_value("CSAT", APRIL, now=NOW).as_of == NOW


def test_runs_reach_across_small_gaps() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 5, 20)]

    assert runs(days, gap=1) == [(days[0], days[1]), (days[2], days[2]), (days[3], days[3])]
    assert runs(days, gap=3) == [(days[0], days[2]), (days[3], days[3])]


def test_every_fact_has_a_topic_that_the_worker_listens_to() -> None:
    from cxplatform.dirty import marks

    assert {fact.topic for fact in FACTS} <= set(marks._consumers)
