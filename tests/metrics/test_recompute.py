"""Rollups after any history of writes are those of a rebuild: nothing is added twice, missed or left over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.interactions.imports import INTERACTIONS
from apps.interactions.models import Interaction, SlaInstance
from apps.journeys.models import Handoff, PromiseOutcome, TouchpointEvent
from apps.metrics import reading, selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.models import Histogram, HourRollup, MonthHistogram, MonthRollup, Rollup, Watermark
from apps.metrics.recompute import rebuild, recompute_all
from apps.metrics.statistics.bins import bin_of
from apps.metrics.windows import Window, day_of
from apps.surveys.models import FeedbackItem, SurveyResponse
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.april import at, call
from tests.metrics.drawn import scratch, settings_of_rows
from tests.metrics.promised import outcome_id
from tests.metrics.rows import store

NOW = datetime(2026, 6, 1, tzinfo=UTC)
APRIL = Window(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
with_database = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)


def stored(brand: BrandRef) -> list[tuple[Any, ...]]:
    """Return all that is kept, every number to the millionth."""
    with brand_tx(brand):
        rows: list[tuple[Any, ...]] = [
            (*row[:-1], [round(number, 6) for number in row[-1]])
            for made in (
                Rollup.objects.values_list("fact", "shape", "day", "dim_a", "dim_b", "components"),
                MonthRollup.objects.values_list("fact", "shape", "month", "dim_a", "dim_b", "components"),
                HourRollup.objects.values_list("fact", "day", "start", "week_hour", "components"),
            )
            for row in made
        ]
        rows += Histogram.objects.values_list("fact", "shape", "day", "dim_a", "dim_b", "measure", "bins", "counts")
        rows += MonthHistogram.objects.values_list(
            "fact", "shape", "month", "dim_a", "dim_b", "measure", "bins", "counts"
        )
        rows += Watermark.objects.values_list()
    return sorted(rows, key=repr)


def rebuilt(brand: BrandRef, now: datetime) -> list[tuple[Any, ...]]:
    rebuild(brand)
    recompute_all(brand, now=now)
    return stored(brand)


def write(brand: BrandRef, rows: list[dict[str, Any]]) -> None:
    """Store rows, in place of what has their external id, and mark the days before and after."""
    with brand_tx(brand):
        names = [row["external_id"] for row in rows]
        before = moments_of(Interaction.objects.filter(external_id__in=names).values())
        for model, field, topic in (
            (Interaction, "opened_at", "interaction"),
            (SurveyResponse, "answered_at", "survey_response"),
            (TouchpointEvent, "occurred_at", "touchpoint_event"),
            (Handoff, "handed_at", "handoff"),
            (FeedbackItem, "occurred_at", "feedback_item"),
        ):
            gone = model.objects.filter(external_id__in=names)  # type: ignore[attr-defined]
            moments = [*gone.values_list(field, flat=True), *(row[field] for row in rows if field in row)]
            days = {day_of(moment, brand.zone) for moment in moments}
            if model is Interaction:
                # A target starts when its contact is opened, and goes with it.
                SlaInstance.objects.filter(interaction__in=gone).delete()
                mark("sla_instance", days)
            gone.delete()
            mark(topic, days)
        _replace_outcomes(brand, rows)
        mark("interaction_moves", {day_of(moment, brand.zone) for moment in [*before, *moments_of(rows)]})
        store(rows)


def _replace_outcomes(brand: BrandRef, rows: list[dict[str, Any]]) -> None:
    """Drop the outcomes that these rows tell anew, and mark their days, and those of the hand-offs that go by them."""
    numbers = [row["external_id"] for row in rows if row["external_id"].isdigit()]
    gone = PromiseOutcome.objects.filter(pk__in=map(outcome_id, numbers))
    told = [row["occurred_at"] for row in rows if "kept" in row]
    mark("promise_outcome", {day_of(m, brand.zone) for m in [*gone.values_list("occurred_at", flat=True), *told]})
    gone.delete()
    handed = [*Handoff.objects.values_list("handed_at", flat=True), *(r["handed_at"] for r in rows if "handed_at" in r)]
    mark("handoff", {day_of(moment, brand.zone) for moment in handed})


def moments_of(rows: Iterable[Any]) -> list[datetime]:
    """Return every moment at which something of an interaction is counted."""
    found = [row.get(name) for row in rows for name in dict(INTERACTIONS.also_marked)["interaction_moves"]]
    return [moment for each in found for moment in (each if isinstance(each, list) else [each]) if moment is not None]


def earlier(value: Any, shift: timedelta) -> Any:
    """Return an instant, or each of several, moved back in time; anything else as it is."""
    if isinstance(value, list):
        return [earlier(each, shift) for each in value]
    return value - shift if isinstance(value, datetime) else value


@pytest.mark.django_db
@with_database
@given(data=st.data())
def test_days_made_anew_one_by_one_are_those_of_a_rebuild(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    brand, now = replace(acme, time_zone=zone.key), first + timedelta(days=60)
    _, later, others = data.draw(settings_of_rows())
    moved = [{key: earlier(value, later - first) for key, value in row.items()} for row in others[:20]]

    with scratch():
        recompute_all(brand, now=now)
        for change in (rows, moved):
            write(brand, change)
            recompute_all(brand, now=now)

        assert stored(brand) == rebuilt(brand, now)


@pytest.mark.django_db
@with_database
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_rows_told_twice_and_out_of_order_change_nothing(acme: BrandRef, data: st.DataObject, seed: int) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    brand, now = replace(acme, time_zone=zone.key), first + timedelta(days=60)
    twice = [*rows, *rows]
    Random(seed).shuffle(twice)

    with scratch():
        write(brand, rows)
        recompute_all(brand, now=now)
        once = stored(brand)
        told = iter(twice)
        while some := list(islice(told, 36)):
            write(brand, list({row["external_id"]: row for row in some}.values()))
            recompute_all(brand, now=now)

        assert stored(brand) == once


@pytest.mark.django_db
@with_database
@given(data=st.data(), cuts=st.lists(st.integers(0, 26 * 24), max_size=4))
def test_the_parts_of_a_window_add_up_to_the_whole(acme: BrandRef, data: st.DataObject, cuts: list[int]) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    brand, now = replace(acme, time_zone=zone.key), first + timedelta(days=60)
    edges = sorted({0, *cuts, 26 * 24})
    windows = [Window(first + timedelta(hours=start), first + timedelta(hours=end)) for start, end in pairwise(edges)]
    whole = Window(windows[0].start, windows[-1].end)
    keys = ["VOLUME", "AHT", "SERVICE_LEVEL", "REPEAT_CONTACT_RATE", "FCR_REPEAT", "CSAT", "NPS", "CES_5"]

    with scratch():
        write(brand, rows)
        recompute_all(brand, now=now)
        with brand_tx(brand):
            told = selectors.metric_values(keys, whole, now=now)
            parts = [selectors.metric_values(keys, window, now=now) for window in windows]

    for place, answer in enumerate(told):
        mine = [part[place] for part in parts]
        assert sum(part.sample_size for part in mine) == answer.sample_size
        assert sum(part.numerator or 0 for part in mine) == pytest.approx(answer.numerator, abs=1e-6)
        assert sum(part.denominator or 0 for part in mine) == (answer.denominator or 0)


@pytest.mark.django_db
@with_database
@given(data=st.data())
def test_hours_add_up_to_days_and_days_to_months(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    brand, now = replace(acme, time_zone=zone.key), first + timedelta(days=60)

    with scratch():
        write(brand, rows)
        recompute_all(brand, now=now)
        with brand_tx(brand):
            days = list(Rollup.objects.values_list("fact", "shape", "day", "dim_a", "dim_b", "components"))
            months = MonthRollup.objects.values_list("fact", "shape", "month", "dim_a", "dim_b", "components")
            hours = HourRollup.objects.values_list("fact", "day", "components")
            of_months = added((*row[:2], row[2].replace(day=1), *row[3:]) for row in days)
            of_days = added(hours)
            kept = added(months)
            of_bins = counted_by_month(Histogram, "day")
            bins = counted_by_month(MonthHistogram, "month")

    assert of_months == kept
    assert of_bins == bins
    assert of_days == {(fact, day): parts for (fact, shape, day, *_), parts in added(days).items() if shape == 0}


def counted_by_month(model: Any, column: str) -> dict[tuple[Any, ...], Counter[int]]:
    """Return how many values each bin has in each month, by all that a histogram is told apart by."""
    found: dict[tuple[Any, ...], Counter[int]] = {}
    for *key, day, bins, counts in model.objects.values_list(
        "fact", "shape", "dim_a", "dim_b", "measure", column, "bins", "counts"
    ):
        found.setdefault((*key, day.replace(day=1)), Counter()).update(dict(zip(bins, counts, strict=True)))
    return found


def added(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    """Add up the components, which come last, of the rows that are alike in all before."""
    found: dict[tuple[Any, ...], list[float]] = {}
    for *key, parts in rows:
        known = found.get(tuple(key), [0.0] * len(parts))
        found[tuple(key)] = [mine + more for mine, more in zip(known, parts, strict=True)]
    return {key: [round(number, 4) for number in parts] for key, parts in found.items()}


@pytest.mark.django_db
def test_the_months_between_ragged_ends_are_read_as_months(acme: BrandRef) -> None:
    brand = replace(acme, time_zone="UTC")
    with brand_tx(brand):
        store({"opened_at": datetime(2026, month, 15, 12, tzinfo=UTC)} for month in (1, 2, 3, 4))
    recompute_all(brand, now=NOW)
    ragged = Window(datetime(2026, 1, 15, 9, tzinfo=UTC), datetime(2026, 4, 15, 13, tzinfo=UTC))

    with brand_tx(brand):
        MonthRollup.objects.filter(fact="interaction", month=date(2026, 2, 1)).update(components=[])
        answer = selectors.metric_value("VOLUME", ragged, now=NOW)
        by_week = selectors.metric_series("VOLUME", ragged, grain=Grain.WEEK, now=NOW)

    assert answer.value == 3
    assert sum(point.value or 0 for point in by_week.groups[0].points) == 4


@pytest.mark.django_db
def test_a_quantile_of_months_between_ragged_ends_is_read_as_months(
    acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "EXACT_VALUES", 0)
    brand = replace(acme, time_zone="UTC")
    with brand_tx(brand):
        for month, seconds in ((1, 10.0), (2, 20.0), (3, 30.0), (4, 40.0)):
            store([call(15, opened_at=at(15, month=month), talk_seconds=seconds, queue="a")])
    recompute_all(brand, now=NOW)
    ragged = Window(datetime(2026, 1, 15, 9, tzinfo=UTC), datetime(2026, 4, 15, 13, tzinfo=UTC))

    with brand_tx(brand):
        asked = {"statistic": Statistic.P90, "now": NOW}
        whole = selectors.metric_value("AHT", ragged, **asked)  # type: ignore[arg-type]  # keywords by name
        MonthHistogram.objects.filter(month=date(2026, 2, 1)).update(bins=[bin_of(1_000.0)])
        told = selectors.metric_value("AHT", ragged, **asked)  # type: ignore[arg-type]  # as above
        (part,) = selectors.metric_breakdown("AHT", ragged, by=DimensionKey.QUEUE, **asked)  # type: ignore[arg-type]  # as above
        by_week = selectors.metric_series("AHT", ragged, grain=Grain.WEEK, **asked)  # type: ignore[arg-type]  # as above

    assert whole.value == pytest.approx(40, rel=0.01)
    assert told.value == part.metric.value == pytest.approx(1_000, rel=0.01)
    assert max(point.value or 0 for point in by_week.groups[0].points) == pytest.approx(40, rel=0.01)


@pytest.mark.django_db
def test_which_of_two_at_one_instant_came_first_does_not_hang_on_the_order_of_arrival(acme: BrandRef) -> None:
    rows = [
        {"opened_at": at, "external_id": name, "agent": agent, "customer": "ana", "reason": "Refund"}
        for at, name, agent in (
            (datetime(2026, 4, 2, tzinfo=UTC), "1", "kim"),
            (datetime(2026, 4, 2, tzinfo=UTC), "2", "lee"),
            (datetime(2026, 5, 20, tzinfo=UTC), "3", None),
        )
    ]
    found = []
    for order in (rows, rows[::-1]):
        write(acme, order)
        recompute_all(acme, now=NOW)
        found.append(stored(acme))

    assert found[0] == found[1]


@pytest.mark.django_db
def test_the_twenty_fifth_hour_of_a_day_belongs_to_it(acme: BrandRef) -> None:
    recompute_all(acme, now=NOW)
    write(acme, [{"opened_at": datetime(2025, 11, 3, 4, 30, tzinfo=UTC), "external_id": "late"}])

    recompute_all(acme, now=NOW)

    with brand_tx(acme):
        days = Rollup.objects.filter(fact="interaction", shape=0).values_list("day", flat=True)
        assert list(days) == [date(2025, 11, 2)]
