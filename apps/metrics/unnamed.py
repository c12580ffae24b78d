"""Groups that are hidden in blocks, told as one: that a group is there would tell who is in it. ADR 24."""

from collections.abc import Sequence, Set

from apps.metrics.answers import MetricSlice, MetricValue, SeriesGroup
from apps.metrics.asking import Key
from apps.metrics.figure_columns import of_figures
from apps.metrics.groups import OTHER
from apps.metrics.points import Buckets, Points


def unnamed_slices(slices: Sequence[MetricSlice], rest: MetricValue | None) -> tuple[MetricSlice, ...]:
    """Return the slices that are told, and `rest` for all that is hidden, whether there is any of it or not."""
    told = tuple(each for each in slices if not each.metric.suppressed)
    return told if rest is None else (*told, MetricSlice(OTHER.kind, OTHER.key, OTHER.label, rest.hidden()))


def unnamed_groups(groups: Sequence[SeriesGroup], buckets: Buckets, dark: Set[Key]) -> tuple[SeriesGroup, ...]:
    """Return the groups some point of which is told and rests on answers; all that is hidden is among the others."""
    told = tuple(each for each in groups if any(each.points.sample_size))  # type: ignore[attr-defined]  # by column
    if not dark or any(each.kind is OTHER.kind for each in told):
        return told
    nothing = of_figures([None] * len(buckets))
    points = Points(nothing, buckets, {place for place, _ in dark}, counted=False)
    return (*told, SeriesGroup(OTHER.kind, OTHER.key, OTHER.label, points))
