"""Contacts to customers and orders, and agents' time: what adds up, and what each side is narrowed by."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.models import Agent, AgentState
from apps.metrics import heatmap, selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import where_of
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window, day_start
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.april import APRIL, NOW, WEEK, at, call
from tests.metrics.drawn import CHANGES, scratch
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db


def joined(name: str, day: int, *, left: int | None = None, **row: Any) -> dict[str, Any]:
    churned = {} if left is None else {"churned_at": at(left)}
    return {"external_id": name, "joined_at": at(day), **churned, **row}


def ordered(day: int, customer: str, **row: Any) -> dict[str, Any]:
    return {"ordered_at": at(day), "customer": customer, **row}


def test_the_rates_of_all_reasons_add_up_to_the_whole(kept: Any) -> None:
    kept([joined("ana", 1), joined("ben", 1), call(2, reason="Refund"), call(3, reason="Login"), call(3), call(4)])

    whole = selectors.metric_value("CONTACT_RATE", APRIL, now=NOW)
    slices = selectors.metric_breakdown("CONTACT_RATE", APRIL, by=DimensionKey.REASON, top=1, now=NOW)

    assert (whole.value, whole.denominator, whole.sample_size) == (2, 2, 4)
    assert sum(part.metric.value or 0 for part in slices) == whole.value
    assert {part.metric.denominator for part in slices} == {2}


def test_by_segment_both_sides_are_narrowed(kept: Any) -> None:
    kept(
        [
            *(call(2, customer="ana", segment="gold"), call(3, customer="ana"), call(3, customer="ben", segment="new")),
            *(ordered(4, "ana"), ordered(5, "ben"), ordered(6, "ben"), ordered(7, "ben", kind="CANCELLATION")),
        ]
    )
    by = DimensionKey.SEGMENT

    slices = selectors.metric_breakdown("CONTACT_RATE", APRIL, by=by, variant="PER_ORDER", now=NOW)
    gold = selectors.metric_value("CONTACT_RATE", APRIL, variant="PER_ORDER", where=where_of({by: ["gold"]}), now=NOW)

    assert {part.key: (part.metric.value, part.metric.denominator) for part in slices} == {
        "gold": (2, 1),
        "new": (0.5, 2),
    }
    assert (gold.value, gold.denominator) == (2, 1)


def test_every_bucket_has_the_customers_that_were_active_in_it(kept: Any) -> None:
    kept([joined("ana", 1), joined("ben", 7), joined("cleo", 1, left=8), call(6), call(7), call(8), call(9), call(9)])

    (group,) = selectors.metric_series("CONTACT_RATE", WEEK, grain=Grain.DAY, now=NOW).groups

    assert [point.value for point in group.points] == [1 / 2, 1 / 3, 1 / 3, 1.0, 0.0, 0.0, 0.0]
    assert group.points[3].low is not None


def test_its_interval_is_that_of_the_contacts_and_it_is_compared_as_a_rate(kept: Any) -> None:
    kept([joined("ana", 1), joined("ben", 7), *(call(day) for day in (1, 2, 8, 8, 8, 8))])

    value = selectors.metric_value("CONTACT_RATE", WEEK, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)

    assert value.interval is not None
    assert value.previous is not None
    assert (value.value, value.previous.value, value.delta) == (2, 2, 0)
    assert value.interval.low == pytest.approx(1.0752 / 2, abs=1e-3)
    assert value.p_value == 1


def test_neither_is_told_by_the_hour_of_the_week(kept: Any) -> None:
    kept([call(2)])

    with pytest.raises(BadInput):
        heatmap.metric_heatmap("CONTACT_RATE", APRIL, now=NOW)


@with_database
@given(place=st.integers(0, len(CHANGES) - 1), seed=st.integers(0, 2**32), made=st.booleans())
def test_the_hours_of_a_day_add_up_to_the_day(acme: BrandRef, place: int, seed: int, made: bool) -> None:
    brand = replace(acme, time_zone=CHANGES[place][0])
    day, chance = CHANGES[place][1] + timedelta(days=1), Random(seed)
    window = Window(day_start(day, brand.zone), day_start(day + timedelta(days=1), brand.zone))
    moment, spans = window.start - timedelta(hours=3), []
    while moment < window.end + timedelta(hours=3):
        until = moment + timedelta(seconds=chance.choice([1, 59, 900, 1_800, 5_000, 20_000]))
        spans.append((chance.choice(["AVAILABLE", "ON_CONTACT", "WRAP_UP", "BREAK"]), moment, until))
        moment = until
    inside = [(name, max(a, window.start), min(b, window.end)) for name, a, b in spans]
    told = {name: sum((b - a).total_seconds() for each, a, b in inside if each == name and b > a) for name, *_ in spans}
    busy = told.get("ON_CONTACT", 0) + told.get("WRAP_UP", 0)

    with scratch():
        with brand_tx(brand):
            agent = Agent.objects.create(key="kim")
            for state, start, end in spans:
                AgentState.objects.create(agent=agent, state=state, from_at=start, to_at=end)
        now = datetime.now(UTC)
        if made:
            recompute_all(brand, now=now)
        with brand_tx(brand):
            whole = selectors.metric_value("OCCUPANCY", window, now=now)
            (group,) = selectors.metric_series("OCCUPANCY", window, grain=Grain.HOUR, now=now).groups
            hours = [
                selectors.metric_value("OCCUPANCY", Window(point.start, point.end), now=now) for point in group.points
            ]

    assert (whole.numerator, whole.denominator) == (
        pytest.approx(busy),
        pytest.approx(busy + told.get("AVAILABLE", 0)),
    )
    assert sum(hour.numerator or 0 for hour in hours) == pytest.approx(whole.numerator)
    assert sum(hour.denominator or 0 for hour in hours) == pytest.approx(whole.denominator)
    assert [point.value for point in group.points] == pytest.approx([hour.value for hour in hours])
