"""Numbers from the rollups against the same numbers from the rows: the engine has both ways."""

from collections.abc import Callable
from datetime import date
from functools import partial
from math import isclose
from typing import Any

from apps.metrics import selectors
from apps.metrics.answers import MetricSeries, MetricValue
from apps.metrics.buckets import Grain
from apps.metrics.definitions.registry import FACTS, fingerprint
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.models import Watermark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.bench.costs import BenchmarkBroken, Contender, medians_of
from tests.bench.filling import CONTACTS_AN_ANSWER, NOW, YEAR, window
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table

Ask = Callable[[], Any]
_TIMEOUT_MS = 120_000


def measure(brand: BrandRef, sizes: Sizes) -> Table:
    """Ask every question both ways, see that the answers agree, and time them in turns."""
    lines = []
    for what, ask in _questions(brand).items():
        _check(brand, what, ask)
        ways = [
            Contender(
                partial(_asked, brand, ask, times),
                partial(_read_from, brand, rollups=rollups),
                scale=1 / times,
            )
            for rollups, times in ((True, sizes.rollup_reads), (False, sizes.row_reads))
        ]
        ours, peer = medians_of(ways, rounds=sizes.metric_rounds)
        lines.append(Line(what, ours, peer))
    _read_from(brand, rollups=True)
    return Table(
        f"2. Metrics on {sizes.interactions:,} interactions and {sizes.interactions // CONTACTS_AN_ANSWER:,} answers "
        "of twelve months",
        "One question a read-only transaction, from the selectors to the finished answer without GraphQL, from the\n"
        "rollups against the same from the rows, which is what the engine does while rollups are being made.",
        lines,
    )


def _questions(brand: BrandRef) -> dict[str, Ask]:
    month, year = window(brand, date(2025, 6, 1), date(2025, 7, 1)), window(brand, *YEAR)
    value = partial(selectors.metric_value, now=NOW)
    series = partial(selectors.metric_series, grain=Grain.DAY, now=NOW)
    breakdown = partial(selectors.metric_breakdown, now=NOW)
    return {
        "metric AHT, a month": partial(value, "AHT", month),
        "metric AHT, the year": partial(value, "AHT", year),
        "metric FCR_REPEAT, a month": partial(value, "FCR_REPEAT", month),
        "metric FCR_REPEAT, the year": partial(value, "FCR_REPEAT", year),
        "metric CSAT, the year": partial(value, "CSAT", year),
        "metricSeries AHT, the year by day": partial(series, "AHT", year),
        "metricBreakdown AHT, the year by queue": partial(breakdown, "AHT", year, by=DimensionKey.QUEUE),
        "metricBreakdown AHT, the year by agent": partial(breakdown, "AHT", year, by=DimensionKey.AGENT),
    }


def _asked(brand: BrandRef, ask: Ask, times: int) -> Any:
    for _ in range(times):
        with brand_tx(brand, read_only=True, statement_timeout_ms=_TIMEOUT_MS):
            answer = ask()
    return answer


def _read_from(brand: BrandRef, *, rollups: bool) -> None:
    """Say that the rollups are, or are not, of today's layout: the engine reads those that are not from the rows."""
    with brand_tx(brand):
        for fact in FACTS:
            layout = fingerprint(fact.key) if rollups else "of another day"
            Watermark.objects.filter(fact=fact.key).update(layout=layout)


def _check(brand: BrandRef, what: str, ask: Ask) -> None:
    found = []
    for rollups in (True, False):
        _read_from(brand, rollups=rollups)
        found.append(_numbers(_asked(brand, ask, 1)))
    ours, peer = found
    same = len(ours) == len(peer) and all(map(partial(isclose, rel_tol=1e-9), ours, peer))
    if not same or not any(ours):
        raise BenchmarkBroken(f"{what}: rollups say {ours[:5]}, rows say {peer[:5]}")


def _numbers(answer: Any) -> list[float]:
    """List an answer's values in order; a bucket without rows counts as -1."""
    if isinstance(answer, MetricValue):
        values = [answer.value]
    elif isinstance(answer, MetricSeries):
        values = [point.value for group in answer.groups for point in group.points]
    else:
        values = [each.metric.value for each in answer]
    return [-1.0 if value is None else value for value in values]
