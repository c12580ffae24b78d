"""A list kept by column is shown as graphql-core would show it value by value."""

from typing import Any

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql import executor
from cxplatform.graphql.encoding import encode
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker
from tests.metrics.april import call
from tests.metrics.rows import store

WINDOW = '{from: "2026-04-01T00:00:00-04:00", to: "2026-04-08T00:00:00-04:00"}'
SERIES = f"""
query ($all: Boolean!) {{
  metricSeries(key: AHT, window: {WINDOW}, grain: DAY, groupBy: QUEUE) {{
    groups {{ points {{
      __typename begin: start ...Rest
      ... on MetricPoint @include(if: $all) {{ value suppressed }}
    }} }}
  }}
}}
fragment Rest on MetricPoint {{ end value sampleSize low high provisional }}"""
HEATMAP = (
    f"{{ metricHeatmap(key: AHT, window: {WINDOW}) {{ cells {{ weekday at: hour value sampleSize suppressed }} }} }}"
)

NUMBER = """
fragment Number on MetricValue {
  __typename key variant statistic unit value numerator denominator sampleSize excluded provisional
  interval { low at: high level method ...Again }
  previous { value sampleSize window { from to } } delta pValue significant suppressed suppressionReason
  definition { key name family ...Version }
}
fragment Again on Interval { low }
fragment Version on MetricDefinition { version }"""
SEVERAL = (
    f"{{ metrics(keys: [AHT, CSAT, VOLUME], window: {WINDOW}, compareTo: PREVIOUS_PERIOD) {{ ...Number }} }}" + NUMBER
)
BREAKDOWN = (
    f"{{ metricBreakdown(key: AHT, window: {WINDOW}, groupBy: QUEUE) {{ kind key label metric {{ ...Number }} }} }}"
    + NUMBER
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "variables"),
    [(SERIES, {"all": True}), (SERIES, {"all": False}), (HEATMAP, {}), (SEVERAL, {}), (BREAKDOWN, {})],
)
def test_columns_and_single_values_are_the_same_json(
    asker: MakeAsker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch, query: str, variables: dict[str, Any]
) -> None:
    with brand_tx(acme):
        store([call(2, queue="a"), call(2, queue="a", talk_seconds=30.0), call(5, queue="b"), call(6)])
    someone = asker(Role.BRAND_ADMIN)
    by_column = someone.data(query, variables)
    looked_at: list[int] = []
    monkeypatch.setattr(executor, "shown_by_columns", lambda rows, *_: looked_at.append(len(rows)))

    one_by_one = someone.data(query, variables)

    assert by_column == one_by_one
    assert sum(looked_at) in (21, 168, 3)


LISTS = f"""{{
  metrics(keys: [AHT], window: {WINDOW}) {{ key definition {{ variants {{ key }} }} guardRail {{ key }} }}
}}"""


@pytest.mark.django_db
def test_what_is_no_column_is_left_to_graphql_core(asker: MakeAsker) -> None:
    (number,) = asker(Role.BRAND_ADMIN).data(LISTS)["metrics"]

    assert number == {
        "key": "AHT",
        "definition": {"variants": [{"key": "PER_INTERACTION"}, {"key": "PER_SEGMENT"}]},
        "guardRail": {"key": "REPEAT_CONTACT_RATE"},
    }


def test_what_is_written_by_column_can_stand_beside_what_orjson_cannot_write() -> None:
    assert encode({"huge": 2**70, "points": orjson.Fragment(b'[{"value":1.5}]')}) == (
        b'{"huge":1180591620717411303424,"points":[{"value":1.5}]}'
    )


def test_an_answers_name_may_be_any_that_graphql_has(asker: MakeAsker, db: None) -> None:
    (cell, *_) = asker(Role.BRAND_ADMIN).data(
        f"{{ metricHeatmap(key: AHT, window: {WINDOW}) {{ cells {{ class: hour _0: weekday __typename }} }} }}"
    )["metricHeatmap"]["cells"]

    assert cell == {"class": 0, "_0": 1, "__typename": "HeatmapCell"}
