"""Random rows in zones whose clocks change: the engine's numbers are those of a plain recount, by either path."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.metrics import selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.registry import METRICS, SPANNED
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics import plain, plain_feedback, plain_handoffs, plain_moves
from tests.metrics.drawn import scratch, settings_of_rows, spans
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
with_database = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
Numbers = dict[tuple[str, str], plain.Parts]


def recounted(
    rows: list[dict[str, Any]],
    window: Window,
    zone: ZoneInfo,
    now: datetime,
    chosen: Callable[[Mapping[str, Any]], bool] = lambda row: True,
) -> Numbers:
    opened = [row for row in plain.within(rows, "opened_at", window.start, window.end) if chosen(row)]
    answered = [row for row in plain.within(rows, "answered_at", window.start, window.end) if chosen(row)]
    found = {key: count(opened) for key, count in plain.CONTACTS.items()}
    found |= {key: count(answered) for key, count in plain.ANSWERS.items()}
    happened = [row for row in plain.within(rows, "occurred_at", window.start, window.end) if chosen(row)]
    found |= {key: count([row for row in happened if "levels" in row]) for key, count in plain.MOMENTS.items()}
    found |= {key: count([row for row in happened if "kept" in row]) for key, count in plain.PROMISES.items()}
    found |= plain_feedback.counted([row for row in happened if "label" in row])
    handed = [row for row in plain.within(rows, "handed_at", window.start, window.end) if chosen(row)]
    found |= plain_handoffs.counted(handed, [row for row in rows if "kept" in row])
    invited = [row for row in plain.within(rows, "invited_at", window.start, window.end) if chosen(row)]
    over = [row for row in invited if plain.midnight_after(row["invited_at"], zone) + 14 * plain.DAY <= now]
    found |= {key: count(over) for key, count in plain.INVITED.items()}
    # No customer has ordered anything; whoever makes contact is one, and no agent's states are told.
    people = {row["customer"] for row in rows if row.get("customer")}
    came = sum(row["direction"] == "INBOUND" for row in opened)
    found |= {
        ("CONTACT_RATE", "PER_CUSTOMER"): (came, len(people), came),
        ("CONTACT_RATE", "PER_ORDER"): (came, 0, came),
        ("OCCUPANCY", "STATES"): (0, 0, 0),
    }
    # Nobody has ordered, or says since when it is a customer: nothing of money is known.
    money = [(metric, variant) for metric in METRICS.values() if metric.fact in SPANNED for variant in metric.variants]
    found |= {(m.key, v.key): (0, None if v.denominator is None else 0, 0) for m, v in money}
    everything = [row for row in rows if "opened_at" in row and chosen(row)]
    found |= plain_moves.counted(everything, window.start, window.end)
    horizon = plain.horizon_of(rows, zone, now)
    found |= plain_moves.reopenings(
        everything,
        lambda moment: (
            window.start <= moment < window.end and plain.midnight_after(moment, zone) + plain.WEEK <= horizon
        ),
    )
    around = plain.neighbours(rows, window.start, window.end, zone, now)
    return found | {key: count(chosen) for key, count in around.items()}


def told(window: Window, now: datetime) -> Numbers:
    found = {}
    for key, metric in METRICS.items():
        for variant in metric.variants:
            answer = selectors.metric_value(key, window, variant=variant.key, now=now)
            found[key, variant.key] = _parts(answer)
            expected = answer.numerator / answer.denominator if answer.denominator else answer.numerator
            if variant.exposure is not None:
                assert (answer.value is None) == (answer.denominator == 0)
            elif answer.sample_size or (variant.stock and answer.value is not None):
                assert answer.value == pytest.approx(variant.scale * expected)
            else:
                assert answer.value is None
    return found


def has(field: str, value: str | None) -> Callable[[Mapping[str, Any]], bool]:
    return lambda row: row.get(field) == value


def _parts(answer: Any) -> plain.Parts:
    return (pytest.approx(answer.numerator, abs=1e-6), answer.denominator, answer.sample_size)


@with_database
@given(data=st.data())
def test_the_engine_counts_what_a_plain_loop_counts(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window = data.draw(spans(zone, first))
    now = first + timedelta(days=data.draw(st.sampled_from([20, 28, 60])))
    brand = replace(acme, time_zone=zone.key)
    expected = recounted(rows, window, zone, now)

    with scratch():
        with brand_tx(brand):
            store(rows)
            assert told(window, now) == expected
        recompute_all(brand, now=now)
        with brand_tx(brand):
            assert told(window, now) == expected


@with_database
@given(data=st.data(), dimension=st.sampled_from(["CHANNEL", "QUEUE", "AGENT", "REASON", "HANDLED_BY"]))
def test_groups_are_counted_as_the_rows_that_have_the_value(
    acme: BrandRef, data: st.DataObject, dimension: str
) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=60)
    brand = replace(acme, time_zone=zone.key)
    keys = ["VOLUME", "ABANDONMENT", "AHT", "FIRST_RESPONSE_TIME", "REPEAT_CONTACT_RATE", "FCR_REPEAT"]
    keys += ["ONE_TOUCH", "TRANSFER_RATE", "RESOLUTION_RATE", "RESOLUTION_TIME_FIRST"]
    keys += ["BACKLOG", "REOPEN_RATE"]

    with scratch():
        with brand_tx(brand):
            store(rows)
        if data.draw(st.booleans(), label="from rollups"):
            recompute_all(brand, now=now)
        with brand_tx(brand):
            for key in keys:
                slices = selectors.metric_breakdown(key, window, by=DimensionKey(dimension), now=now)
                variant = METRICS[key].variants[0].key
                for part in slices:
                    alone = recounted(rows, window, zone, now, has(dimension.lower(), part.key))
                    assert _parts(part.metric) == alone[key, variant]
                whole = selectors.metric_value(key, window, now=now)
                assert sum(part.metric.sample_size for part in slices) == whole.sample_size
                top = selectors.metric_breakdown(key, window, by=DimensionKey(dimension), top=1, now=now)
                for several in (slices, top):
                    assert sum(part.metric.excluded or 0 for part in several) == (whole.excluded or 0)


@with_database
@given(data=st.data(), statistic=st.sampled_from([Statistic.MEDIAN, Statistic.P90, Statistic.P95]))
def test_a_quantile_is_the_nearest_rank_of_the_rows(acme: BrandRef, data: st.DataObject, statistic: Statistic) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=60)
    opened = plain.within(rows, "opened_at", window.start, window.end)
    ordered = sorted(seconds for seconds, _ in plain.handled(opened))
    fraction = statistic.fraction or 0

    with scratch(), brand_tx(replace(acme, time_zone=zone.key)):
        store(rows)
        answer = selectors.metric_value("AHT", window, statistic=statistic, now=now)

    expected = next((v for place, v in enumerate(ordered, 1) if place / len(ordered) >= fraction), None)
    assert answer.value == pytest.approx(expected)
    assert answer.sample_size == len(ordered)


# What a series is counted on, and how.
SERIES: dict[str, tuple[str, Callable[[list[Any]], plain.Parts]]] = {
    "VOLUME": ("opened_at", plain.CONTACTS["VOLUME", "OPENED"]),
    "AHT": ("opened_at", plain.CONTACTS["AHT", "PER_INTERACTION"]),
    "SERVICE_LEVEL": ("opened_at", plain.CONTACTS["SERVICE_LEVEL", "ALL_OFFERED"]),
    "CSAT": ("answered_at", plain.ANSWERS["CSAT", "TRANSACTIONAL"]),
    "NPS": ("answered_at", plain.ANSWERS["NPS", "RELATIONAL"]),
}


@with_database
@given(data=st.data(), grain=st.sampled_from(Grain), by_queue=st.booleans())
def test_every_bucket_of_a_series_is_counted_as_its_rows(
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
            for key, (field, count) in SERIES.items():
                scale = METRICS[key].variants[0].scale
                for group in selectors.metric_series(key, window, grain=grain, by=by, now=now).groups:
                    mine = [row for row in rows if not by_queue or row.get("queue") == group.key]
                    for point in group.points:
                        numerator, denominator, size = count(plain.within(mine, field, point.start, point.end))
                        value = scale * numerator / (denominator or 1) if size else None
                        assert (point.value, point.sample_size) == (pytest.approx(value), size)
