"""What stands open: at any moment what stood before, and what came, less what went; by any dimension, either path."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.imports import INTERACTIONS
from apps.metrics import heatmap, selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window
from cxplatform.dirty.models import DirtyMark
from cxplatform.errors import BadInput
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics import plain_moves
from tests.metrics.april import APRIL, NOW, WEEK, at
from tests.metrics.drawn import scratch, settings_of_rows, spans
from tests.metrics.rows import store
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db
DIMENSIONS = ["CHANNEL", "QUEUE", "AGENT", "REASON", "PRIORITY", "HANDLED_BY", "SEGMENT"]


def mail(day: int, **row: Any) -> dict[str, Any]:
    return {"opened_at": at(day), "channel": "EMAIL", **row}


def by_group(variant: str, window: Window, by: DimensionKey | None, now: datetime) -> dict[str | None, int]:
    if by is None:
        return {"all": selectors.metric_value("BACKLOG", window, variant=variant, now=now).sample_size}
    slices = selectors.metric_breakdown("BACKLOG", window, by=by, variant=variant, top=50, now=now)
    return {part.key: part.metric.sample_size for part in slices}


@with_database
@given(data=st.data(), dimension=st.sampled_from([None, *DIMENSIONS]))
def test_the_backlog_is_what_it_was_and_what_came_less_what_went(
    acme: BrandRef, data: st.DataObject, dimension: str | None
) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=60)
    before = Window(window.start - timedelta(hours=1), window.start)
    brand, by = replace(acme, time_zone=zone.key), None if dimension is None else DimensionKey(dimension)

    with scratch():
        with brand_tx(brand):
            store(rows)
        if data.draw(st.booleans(), label="from rollups"):
            recompute_all(brand, now=now)
        with brand_tx(brand):
            stood, stands = (by_group("OPEN", span, by, now) for span in (before, window))
            opened, reopened, closed = (
                by_group(variant, window, by, now) for variant in ("OPENED", "REOPENED", "CLOSED")
            )

    for group in {*stood, *stands, *opened, *reopened, *closed}:
        came = opened.get(group, 0) + reopened.get(group, 0)
        assert stands.get(group, 0) == stood.get(group, 0) + came - closed.get(group, 0)


@with_database
@given(data=st.data(), grain=st.sampled_from([Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH]), by_queue=st.booleans())
def test_a_series_tells_what_stands_at_the_end_of_every_bucket(
    acme: BrandRef, data: st.DataObject, grain: Grain, by_queue: bool
) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=60)
    brand, by = replace(acme, time_zone=zone.key), DimensionKey.QUEUE if by_queue else None

    with scratch():
        with brand_tx(brand):
            store(rows)
        if data.draw(st.booleans(), label="from rollups"):
            recompute_all(brand, now=now)
        with brand_tx(brand):
            groups = selectors.metric_series("BACKLOG", window, grain=grain, by=by, now=now).groups

    contacts = [row for row in rows if "opened_at" in row]
    for group in groups:
        mine = [row for row in contacts if not by_queue or row["queue"] == group.key]
        for point in group.points:
            assert point.sample_size == plain_moves.backlog(mine, point.end)


def test_a_backlog_of_none_is_a_number_and_none_at_all_is_no_data(kept: Any) -> None:
    kept([mail(2, resolved_at=at(3))])

    march = Window(at(1, month=3), at(1))
    assert selectors.metric_value("BACKLOG", APRIL, now=NOW).value == 0
    assert selectors.metric_value("BACKLOG", march, now=NOW).value is None


def test_hours_of_a_day_are_told_as_any_other_buckets_are(kept: Any) -> None:
    kept([mail(5), mail(6, closed_at=at(6, 14)), mail(6, opened_at=at(6, 13))])

    series = selectors.metric_series("BACKLOG", Window(at(6, 11), at(6, 16)), grain=Grain.HOUR, now=NOW)

    assert [point.value for point in series.groups[0].points] == [1, 2, 3, 2, 2]


def test_what_has_not_begun_has_no_backlog(kept: Any) -> None:
    kept([mail(5)])

    series = selectors.metric_series("BACKLOG", WEEK, grain=Grain.DAY, now=at(8, 6))

    assert [point.value for point in series.groups[0].points] == [1, 1, 1, None, None, None, None]


def test_it_is_held_against_the_end_of_the_window_before(kept: Any) -> None:
    kept([mail(1), mail(7), mail(8)])

    value = selectors.metric_value("BACKLOG", WEEK, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)

    assert value.previous is not None
    assert (value.value, value.previous.value, value.delta, value.p_value) == (3, 1, 2, None)


def test_it_has_no_hours_of_the_week(kept: Any) -> None:
    with pytest.raises(BadInput) as refused:
        heatmap.metric_heatmap("BACKLOG", APRIL, now=NOW)

    assert refused.value.field == "variant"


def test_every_day_on_which_a_row_came_or_went_is_counted_again_when_it_is_told_anew(acme: BrandRef) -> None:
    told = {"external_id": "a", "channel": "EMAIL", "opened_at": "2026-04-02T12:00:00Z", "version": 1}
    later = {**told, "version": 2, "resolved_at": "2026-04-09T12:00:00Z", "reopened_at": "2026-04-12T12:00:00Z"}
    later_still = {**later, "version": 3, "resolved_at": "2026-04-20T12:00:00Z", "reopened_at": ""}
    days = []
    for row in (told, later, later_still):
        with brand_tx(replace(acme, time_zone="UTC")):
            DirtyMark.objects.all().delete()
            upsert(INTERACTIONS, [row], now=NOW)
            marks = DirtyMark.objects.filter(topic="interaction_moves").order_by("day")
            days.append([mark.day.day for mark in marks])

    assert days == [[2], [2, 9, 12], [2, 9, 12, 20]]
