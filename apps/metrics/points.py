"""The points of a series: one a bucket, complete, with what must be hidden hidden."""

from collections.abc import Sequence, Set
from datetime import datetime
from itertools import pairwise

from apps.metrics.answers import MetricPoint
from apps.metrics.figures import Figure
from apps.metrics.freshness import Freshness


def points_of(
    figures: Sequence[Sequence[Figure | None]],
    edges: Sequence[datetime],
    fresh: Freshness,
    *,
    hidden: Set[tuple[int, int]],
) -> list[tuple[MetricPoint, ...]]:
    """Return a row of points a group; a bucket without rows has no value. `hidden` are places: (row, bucket)."""
    spans = list(pairwise(edges))
    provisional = [fresh.provisional(start, end) for start, end in spans]
    return [
        tuple(
            _point(span, line[place], provisional[place], suppressed=(row, place) in hidden)
            for place, span in enumerate(spans)
        )
        for row, line in enumerate(figures)
    ]


def _point(
    span: tuple[datetime, datetime], known: Figure | None, provisional: bool, *, suppressed: bool
) -> MetricPoint:
    start, end = span
    if known is None or suppressed:
        return MetricPoint(start, end, None, known.n if known else 0, None, None, provisional, suppressed)
    low, high = (known.interval.low, known.interval.high) if known.interval else (None, None)
    return MetricPoint(start, end, known.value, known.n, low, high, provisional, suppressed)
