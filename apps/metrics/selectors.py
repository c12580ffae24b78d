"""The questions that can be asked about metrics. Each runs inside the brand's door; all instants are UTC.

A number takes two SELECTs: how fresh the fact is, and its sums. A comparison, a quantile and the labels of a
breakdown take one more each, as do the ragged ends of a window that is not made of whole days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from apps.metrics.answering import answer, compare, guarded
from apps.metrics.answers import GuardRailQuestion, MetricSeries, MetricSlice, MetricValue, SeriesGroup
from apps.metrics.asking import WHOLE, Ask, Key
from apps.metrics.buckets import Grain, edges
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey, Family, Statistic
from apps.metrics.figures import Figure, nothing
from apps.metrics.filters import EVERYTHING, Where, dimension_of
from apps.metrics.freshness import freshness_of
from apps.metrics.groups import ALL, Group, apart, groups_of
from apps.metrics.points import points_of
from apps.metrics.questions import Question, question
from apps.metrics.reading import Counted, Reader, ask_for, folded
from apps.metrics.suppression import hidden
from apps.metrics.windows import Comparison, Window, compared
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

MOST_GROUPS = 50
MOST_KEYS = 50


def metric_definitions(family: Family | None = None) -> tuple[Metric, ...]:
    """Return all definitions, or those of one family."""
    return tuple(metric for metric in METRICS.values() if family in (None, metric.family))


def metric_value(
    key: str,
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
    compare_to: Comparison | None = None,
) -> MetricValue:
    """Return one metric's number over a window. Raises: BadInput, naming the field."""
    asked = question(key, where=where, variant=variant, statistic=statistic)
    return _values([asked], window, compare_to, now)[0]


def metric_values(
    keys: Sequence[str],
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    compare_to: Comparison | None = None,
) -> tuple[MetricValue, ...]:
    """Return several metrics' numbers, reading each fact once. Raises: BadInput, also past 50 keys."""
    if len(keys) > MOST_KEYS:
        raise BadInput(f"At most {MOST_KEYS} metrics may be asked for at once.", field="keys")
    return _values([question(key, where=where) for key in keys], window, compare_to, now)


def guard_rail(guard: GuardRailQuestion, *, now: datetime) -> MetricValue:
    """Return the number that keeps another one honest, over the same contacts."""
    return _values([guard.question], guard.window, guard.compare_to, now)[0]


def metric_breakdown(
    key: str,
    window: Window,
    *,
    by: DimensionKey,
    now: datetime,
    top: int = 10,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
    compare_to: Comparison | None = None,
) -> tuple[MetricSlice, ...]:
    """Return the number of a dimension's largest groups, of the rows without one, and of the rest together.

    Raises: BadInput, naming the field.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic)
    reader = _readers([asked], now)[asked.metric.fact.key]
    groups, counted = _groups(reader, asked, window, by, top)
    ask = ask_for(asked, window.start, window.end, by=by, apart=apart(groups))
    figures = reader.told(asked, ask, folded(counted, apart(groups)))
    values = [answer(asked, reader.fresh, window, _at(figures, asked, group)) for group in groups]
    if compare_to:
        earlier = compared(window, compare_to, reader.zone)
        before = reader.figures(asked, replace(ask, start=earlier.start, end=earlier.end))
        values = [
            compare(value, asked, _at(figures, asked, group), _at(before, asked, group), earlier)
            for value, group in zip(values, groups, strict=True)
        ]
    values = [
        guarded(value, asked, window, compare_to, by=by, group=group)
        for value, group in zip(_discreet(values, asked, by), groups, strict=True)
    ]
    return tuple(
        MetricSlice(group.kind, group.key, group.label, value) for group, value in zip(groups, values, strict=True)
    )


def metric_series(
    key: str,
    window: Window,
    *,
    grain: Grain,
    now: datetime,
    by: DimensionKey | None = None,
    top: int = 10,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
) -> MetricSeries:
    """Return a metric's number in every bucket of the window, by group if asked.

    Raises: BadInput, naming the field; past 2,000 buckets the field is `grain`.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic)
    reader = _readers([asked], now)[asked.metric.fact.key]
    cut = edges(window, grain, reader.zone)
    groups = (ALL,) if by is None else _groups(reader, asked, window, by, top)[0]
    kept = None if by is None else apart(groups)
    ask = ask_for(asked, window.start, window.end, cuts=tuple(cut[1:-1]), by=by, apart=kept)
    figures = reader.figures(asked, ask)
    lines = points_of(
        [[figures.get((place, group.stored)) for place in range(len(cut) - 1)] for group in groups],
        cut,
        reader.fresh,
        minimum=asked.metric.fact.minimum_private if asked.is_private(by) else 0,
    )
    made = (
        SeriesGroup(group.kind, group.key, group.label, points) for group, points in zip(groups, lines, strict=True)
    )
    return MetricSeries(asked.metric, tuple(made))


def _values(
    asked: Sequence[Question], window: Window, compare_to: Comparison | None, now: datetime
) -> tuple[MetricValue, ...]:
    """Answer questions that share window and filter, reading each of their facts once a window."""
    readers = _readers(asked, now)
    figures = _figures(asked, window, readers)
    values = [
        answer(each, readers[each.metric.fact.key].fresh, window, known)
        for each, known in zip(asked, figures, strict=True)
    ]
    if compare_to:
        earlier = compared(window, compare_to, current_brand().zone)
        before = _figures(asked, earlier, readers)
        values = [
            compare(value, each, now_figure, then, earlier)
            for value, each, now_figure, then in zip(values, asked, figures, before, strict=True)
        ]
    return tuple(
        guarded(_discreet([value], each)[0], each, window, compare_to)
        for value, each in zip(values, asked, strict=True)
    )


def _readers(asked: Sequence[Question], now: datetime) -> dict[str, Reader]:
    zone = current_brand().zone
    facts = {each.metric.fact.key: each.metric.fact for each in asked}
    fresh = freshness_of(facts.values(), zone=zone, now=now)
    return {key: Reader(zone, state) for key, state in fresh.items()}


def _figures(asked: Sequence[Question], window: Window, readers: Mapping[str, Reader]) -> list[Figure]:
    sums: dict[str, Mapping[Key, Counted]] = {}
    for key, reader in readers.items():
        same = [each for each in asked if each.metric.fact.key == key]
        parts = tuple(dict.fromkeys(part for each in same for part in each.variant.components))
        ask = Ask(same[0].metric.fact, parts, window.start, window.end, where=same[0].where)
        sums[key] = reader.counted(ask)
    found = []
    for each in asked:
        key = each.metric.fact.key
        told = readers[key].told(each, ask_for(each, window.start, window.end), sums[key])
        found.append(_at(told, each, ALL))
    return found


def _groups(
    reader: Reader, asked: Question, window: Window, by: DimensionKey, top: int
) -> tuple[tuple[Group, ...], dict[Key, Counted]]:
    if not 1 <= top <= MOST_GROUPS:
        raise BadInput(f"A breakdown has 1 to {MOST_GROUPS} groups.", field="top")
    dimension = dimension_of(asked.metric.fact, by, "groupBy")
    counted = reader.counted(ask_for(asked, window.start, window.end, by=by))
    sizes = {name: numbers[asked.variant.size] for (_, name), numbers in counted.items() if name is not None}
    return groups_of(dimension, sizes, top), counted


def _at(figures: Mapping[Key, Figure], asked: Question, group: Group) -> Figure:
    known = figures.get((WHOLE[0], group.stored))
    return nothing(asked.variant, quantile=asked.fraction is not None) if known is None else known


def _discreet(values: list[MetricValue], asked: Question, by: DimensionKey | None = None) -> list[MetricValue]:
    """Hide the values that rest on too few people, and of the windows before likewise."""
    if not asked.is_private(by):
        return values
    minimum = asked.metric.fact.minimum_private
    hid = hidden([value.sample_size for value in values], minimum)
    past = hidden([value.previous.sample_size if value.previous else 0 for value in values], minimum)
    kept = [value.without_previous() if place in past else value for place, value in enumerate(values)]
    return [value.hidden() if place in hid else value for place, value in enumerate(kept)]
