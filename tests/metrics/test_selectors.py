"""What callers get: series, breakdowns, comparisons, refusals, and numbers hidden to protect people."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from apps.metrics import reading, selectors
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.filters import where_of
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.april import APRIL, NOW, WEEK, at, call

pytestmark = pytest.mark.django_db


def test_a_series_has_every_bucket_and_null_where_nothing_was(kept: Any) -> None:
    kept([call(6), call(6), call(8, talk_seconds=200.0)])

    series = selectors.metric_series("AHT", WEEK, grain=Grain.DAY, now=NOW)

    (group,) = series.groups
    assert (group.kind, group.key, group.label) == ("VALUE", None, "All")
    assert [(point.start.day, point.value, point.sample_size) for point in group.points] == [
        *((6, 100.0, 2), (7, None, 0), (8, 200.0, 1), (9, None, 0), (10, None, 0), (11, None, 0), (12, None, 0))
    ]
    assert [point.end for point in group.points[:-1]] == [point.start for point in group.points[1:]]


def test_an_hourly_series_is_counted_from_the_rows(kept: Any) -> None:
    kept([call(6), call(6, opened_at=at(6, 13)), call(6, opened_at=at(6, 13))])
    morning = Window(at(6, 11), at(6, 15))

    series = selectors.metric_series("VOLUME", morning, grain=Grain.HOUR, now=NOW)

    assert [point.value for point in series.groups[0].points] == [None, 1, 2, None]


def test_a_grouped_series_keeps_the_largest_apart_and_adds_up_the_rest(kept: Any) -> None:
    kept([call(6, queue="a"), call(7, queue="a"), call(6, queue="b"), call(6, queue="c"), call(7)])

    series = selectors.metric_series("VOLUME", WEEK, grain=Grain.WEEK, by=DimensionKey.QUEUE, top=1, now=NOW)

    assert [(group.kind, group.key, group.points[0].value) for group in series.groups] == [
        ("VALUE", "a", 2),
        ("NONE", None, 1),
        ("OTHER", None, 2),
    ]


def test_a_breakdown_compares_each_group_with_itself(kept: Any) -> None:
    kept([call(2, queue="a"), call(20, queue="a", opened_at=at(20, month=3), talk_seconds=50.0)])

    (part,) = selectors.metric_breakdown(
        "AHT", APRIL, by=DimensionKey.QUEUE, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW
    )

    assert part.metric.previous is not None
    assert (part.key, part.metric.value, part.metric.previous.value, part.metric.delta) == ("a", 100.0, 50.0, 50.0)
    assert part.metric.previous.window == Window(at(1, 0, 3), at(1, 0, 4))


def test_a_rate_says_whether_it_changed_by_more_than_chance(kept: Any) -> None:
    good = [call(3) for _ in range(80)] + [call(3, wait_seconds=60.0) for _ in range(20)]
    bad = [call(3, opened_at=at(3, month=3), wait_seconds=60.0 if n < 50 else 10.0) for n in range(100)]
    kept([*good, *bad])

    answer = selectors.metric_value("SERVICE_LEVEL", APRIL, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)

    assert (answer.value, answer.delta, answer.significant) == (0.8, pytest.approx(0.3), True)
    assert answer.p_value == pytest.approx(8.69e-6, rel=0.001)
    assert answer.interval is not None
    assert (round(answer.interval.low, 3), round(answer.interval.high, 3)) == (0.711, 0.867)


def test_filters_join_fields_by_and_and_values_by_or(kept: Any) -> None:
    kept([call(2, queue="a", channel="PHONE"), call(2, queue="b", channel="EMAIL"), call(2, queue="c")])

    def volume(**values: list[str]) -> float | None:
        where = where_of({DimensionKey(key.upper()): wanted for key, wanted in values.items()})
        return selectors.metric_value("VOLUME", APRIL, where=where, now=NOW).value

    assert volume(queue=["a", "b"]) == 2
    assert volume(queue=["a", "b"], channel=["EMAIL"]) == 1
    assert volume(queue=["nobody"]) is None
    assert volume(queue=[]) is None
    assert volume(queue=["'; DROP TABLE interactions_interaction; --", "%s", "%(start)s"]) is None
    assert volume() == 3


def test_a_filter_over_three_dimensions_is_answered_from_the_rows(kept: Any) -> None:
    kept([call(2, queue="a", agent="kim", team="red"), call(2, queue="a", agent="kim", team="blue")])
    where = where_of(
        {DimensionKey.QUEUE: ["a"], DimensionKey.AGENT: ["kim"], DimensionKey.TEAM: ["red"], DimensionKey.CHANNEL: None}
    )

    assert selectors.metric_value("VOLUME", APRIL, where=where, now=NOW).value == 1


def test_customers_and_touchpoints_columns_can_cut(kept: Any) -> None:
    kept([call(2, customer="ana", segment="gold"), call(2, customer="ben", segment="tin"), call(2)])

    parts = selectors.metric_breakdown("VOLUME", APRIL, by=DimensionKey.SEGMENT, now=NOW)

    assert [(part.kind, part.key, part.metric.value) for part in parts] == [
        ("VALUE", "gold", 1),
        ("VALUE", "tin", 1),
        ("NONE", None, 1),
    ]


def test_a_ragged_window_takes_whole_days_from_rollups_and_its_ends_from_the_rows(kept: Any) -> None:
    kept([call(6, opened_at=at(6, hour)) for hour in (0, 9, 10)] + [call(7), call(8, opened_at=at(8, 23))])

    answer = selectors.metric_value("VOLUME", Window(at(6, 10), at(8, 23)), now=NOW)

    assert answer.value == 2


def test_the_guard_rail_asks_about_the_same_contacts(kept: Any) -> None:
    kept([call(2, queue="a", customer="ana", reason="r"), call(3, queue="a", customer="ana", reason="r"), call(28)])

    (part, _) = selectors.metric_breakdown("AHT", APRIL, by=DimensionKey.QUEUE, now=NOW)
    assert part.metric.guard is not None
    guard = selectors.guard_rail(part.metric.guard, now=NOW)

    assert (guard.key, guard.value, guard.sample_size) == ("REPEAT_CONTACT_RATE", 0.5, 2)


def test_quantiles_past_the_exact_ones_are_within_two_per_cent(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kept([call(1 + n % 20, talk_seconds=float(n + 1), queue="ab"[n % 2]) for n in range(400)])
    ragged = Window(APRIL.start + timedelta(hours=3), APRIL.end - timedelta(hours=5))
    exact = selectors.metric_value("AHT", ragged, statistic=Statistic.P90, now=NOW)
    monkeypatch.setattr(reading, "EXACT_VALUES", 100)

    told = selectors.metric_value("AHT", ragged, statistic=Statistic.P90, now=NOW)
    parts = selectors.metric_breakdown("AHT", ragged, by=DimensionKey.AGENT, statistic=Statistic.P90, now=NOW)

    assert exact.value == 360.0
    assert told.value == pytest.approx(360.0, rel=0.02)
    assert told.value != 360.0
    assert (parts[0].kind, parts[0].metric.value) == ("NONE", told.value)


def test_a_scores_median_is_exact(kept: Any) -> None:
    kept([{"answered_at": at(2), "kind": "CES_7", "score": score} for score in (1, 5, 6, 7, 7)])

    assert selectors.metric_value("CES_7", APRIL, statistic=Statistic.MEDIAN, now=NOW).value == 6.0


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("key", {"key": "NONSENSE"}),
        ("variant", {"variant": "BEST_CASE"}),
        ("variant", {"key": "AHT", "variant": "HUMAN_BUSINESS"}),
        ("statistic", {"key": "CSAT", "statistic": Statistic.MEAN}),
        ("statistic", {"key": "AHT", "variant": "PER_SEGMENT", "statistic": Statistic.P90}),
        ("where.survey", {"where": where_of({DimensionKey.SURVEY: ["x"]})}),
    ],
)
def test_what_cannot_be_asked_names_the_field(acme: BrandRef, field: str, asked: dict[str, Any]) -> None:
    with brand_tx(acme), pytest.raises(BadInput) as refused:
        selectors.metric_value(asked.pop("key", "VOLUME"), APRIL, now=NOW, **asked)

    assert refused.value.field == field


@pytest.mark.parametrize("top", [0, 51])
def test_a_breakdown_has_one_to_fifty_groups(acme: BrandRef, top: int) -> None:
    with brand_tx(acme), pytest.raises(BadInput) as refused:
        selectors.metric_breakdown("VOLUME", APRIL, by=DimensionKey.QUEUE, top=top, now=NOW)

    assert refused.value.field == "top"


def test_a_number_takes_two_selects(acme: BrandRef, django_assert_num_queries: Any) -> None:
    brand = replace(acme, time_zone="UTC")
    recompute_all(brand, now=NOW)
    with brand_tx(brand):
        with django_assert_num_queries(2):
            selectors.metric_value("AHT", APRIL, now=NOW)
        with django_assert_num_queries(2):
            selectors.metric_series("AHT", APRIL, grain=Grain.DAY, now=NOW)
        with django_assert_num_queries(2):
            selectors.metric_values(["AHT", "VOLUME", "SERVICE_LEVEL", "CSAT", "NPS", "FCR_REPEAT"], APRIL, now=NOW)
