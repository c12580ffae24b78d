"""What the metric fields are asked in the benchmark: documents as a dashboard sends them."""

from datetime import date
from typing import Any

from apps.metrics.definitions.registry import METRICS
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from tests.bench.filling import YEAR, window

_NUMBER = """
fragment Number on MetricValue {
  key variant unit value numerator denominator sampleSize interval { low high method } asOf provisional suppressed
}"""
METRIC = (
    "query ($key: MetricKey!, $window: WindowInput!, $statistic: Statistic) {"
    " metric(key: $key, window: $window, statistic: $statistic) { ...Number } }" + _NUMBER
)
COMPARED = (
    "query ($key: MetricKey!, $window: WindowInput!) {"
    " metric(key: $key, window: $window, compareTo: PREVIOUS_PERIOD) {"
    " ...Number previous { value sampleSize } delta pValue significant } }" + _NUMBER
)
SEVERAL = (
    "query ($keys: [MetricKey!]!, $window: WindowInput!) { metrics(keys: $keys, window: $window) { ...Number } }"
    + _NUMBER
)
SERIES = """
query ($key: MetricKey!, $window: WindowInput!, $grain: Grain!) {
  metricSeries(key: $key, window: $window, grain: $grain) {
    groups { key label points { start end value sampleSize low high provisional suppressed } }
  }
}"""
BREAKDOWN = (
    "query ($key: MetricKey!, $window: WindowInput!, $by: Dimension!, $statistic: Statistic) {"
    " metricBreakdown(key: $key, window: $window, groupBy: $by, statistic: $statistic) {"
    " kind key label metric { ...Number } } }" + _NUMBER
)
HEATMAP = """
query ($key: MetricKey!, $window: WindowInput!) {
  metricHeatmap(key: $key, window: $window) { cells { weekday hour value sampleSize suppressed } }
}"""

Question = tuple[str, dict[str, Any]]


def questions(brand: BrandRef) -> dict[str, Question]:
    """Return each document with its variables, by what it asks."""
    month = asked(window(brand, date(2025, 6, 1), date(2025, 7, 1)))
    year = asked(window(brand, *YEAR))
    weeks = asked(window(brand, date(2025, 6, 2), date(2025, 8, 4)))
    aht_year = {"key": "AHT", "window": year}
    return {
        "metric AHT, a month": (METRIC, {"key": "AHT", "window": month}),
        "metric AHT, the year": (METRIC, aht_year),
        "metric AHT, a month, compared": (COMPARED, {"key": "AHT", "window": month}),
        "metric FCR_REPEAT, the year": (METRIC, {"key": "FCR_REPEAT", "window": year}),
        "metric CSAT, the year": (METRIC, {"key": "CSAT", "window": year}),
        f"metrics, all {len(METRICS)}, the year": (SEVERAL, {"keys": list(METRICS), "window": year}),
        "metricSeries AHT, the year by month": (SERIES, {**aht_year, "grain": "MONTH"}),
        "metricSeries AHT, the year by day": (SERIES, {**aht_year, "grain": "DAY"}),
        "metricSeries CSAT, the year by day": (SERIES, {"key": "CSAT", "window": year, "grain": "DAY"}),
        "metricSeries VOLUME, nine weeks by hour": (SERIES, {"key": "VOLUME", "window": weeks, "grain": "HOUR"}),
        "metricBreakdown AHT, the year by queue": (BREAKDOWN, {**aht_year, "by": "QUEUE"}),
        "metricBreakdown AHT, the year by agent": (BREAKDOWN, {**aht_year, "by": "AGENT"}),
        "metricBreakdown AHT, the year by reason": (BREAKDOWN, {**aht_year, "by": "REASON"}),
        "metricBreakdown CSAT, the year by survey": (BREAKDOWN, {"key": "CSAT", "window": year, "by": "SURVEY"}),
        "metricHeatmap VOLUME, the year": (HEATMAP, {"key": "VOLUME", "window": year}),
        "metricHeatmap AHT, the year": (HEATMAP, aht_year),
        "metric AHT, a month, P90": (METRIC, {"key": "AHT", "window": month, "statistic": "P90"}),
        "metric AHT, the year, P90": (METRIC, {**aht_year, "statistic": "P90"}),
        "metricBreakdown AHT, the year by queue, P90": (BREAKDOWN, {**aht_year, "by": "QUEUE", "statistic": "P90"}),
    }


def asked(span: Window) -> dict[str, str]:
    """Return a window as a client writes it."""
    return {"from": span.start.isoformat(), "to": span.end.isoformat()}
