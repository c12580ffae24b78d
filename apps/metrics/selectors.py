"""The questions that can be asked about metrics. Each runs inside the brand's door; all instants are UTC.

A number takes two SELECTs: how fresh the fact is, and its sums. A comparison, a quantile and the labels of a
breakdown take one more each, as do the ragged ends of a window that is not made of whole days, and a question
whose answer may have to be hidden: that one a window.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from apps.metrics.answering import Pair, answer, compare, guard_of
from apps.metrics.answers import GuardRailQuestion, MetricSeries, MetricSlice, MetricValue, SeriesGroup
from apps.metrics.asking import WHOLE, Ask, Key, Sums
from apps.metrics.buckets import Grain, edges
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey, Family, Statistic
from apps.metrics.exposures import columns_held_against, exposures, held_against
from apps.metrics.figures import Figure, figures_of, nothing
from apps.metrics.filters import EVERYTHING, Where, dimension_of
from apps.metrics.groups import ALL, Group, apart, groups_of
from apps.metrics.points import Buckets, Points
from apps.metrics.privacy import check_days, withheld
from apps.metrics.questions import Question, question
from apps.metrics.reading import Reader, ask_for, folded, reader_of, readers_of, sums_of
from apps.metrics.unnamed import unnamed_groups, unnamed_slices
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
    in_blocks: bool = False,
    compare_to: Comparison | None = None,
) -> MetricValue:
    """Return one metric's number over a window. Raises: BadInput, naming the field."""
    asked = question(key, where=where, variant=variant, statistic=statistic, in_blocks=now if in_blocks else None)
    return _values([asked], window, compare_to, now)[0]


def metric_values(
    keys: Sequence[str],
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    compare_to: Comparison | None = None,
    in_blocks: bool = False,
) -> tuple[MetricValue, ...]:
    """Return several metrics' numbers, reading each fact once. Raises: BadInput, also past 50 keys."""
    if len(keys) > MOST_KEYS:
        raise BadInput(f"At most {MOST_KEYS} metrics may be asked for at once.", field="keys")
    return _values(
        [question(key, where=where, in_blocks=now if in_blocks else None) for key in keys], window, compare_to, now
    )


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
    in_blocks: bool = False,
    compare_to: Comparison | None = None,
) -> tuple[MetricSlice, ...]:
    """Return the number of a dimension's largest groups, of the rows without one, and of the rest together.

    Raises: BadInput, naming the field.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic, in_blocks=now if in_blocks else None)
    reader = reader_of(asked, now)
    check_days([asked], window, reader.zone, by=by)
    groups, sums = _groups(reader, asked, window, by, top)
    ask = ask_for(asked, window.start, window.end, by=by, apart=apart(groups))
    figures = _held(asked, groups, by, window, reader.told(asked, ask, folded(sums, apart(groups)), ask.parts))
    values = [
        answer(
            asked, reader.fresh, window, _at(figures, asked, group),
            guard_of(asked, window, compare_to, by=by, group=group),
        )
        for group in groups
    ]  # fmt: skip
    if compare_to:
        pair = Pair(window, compared(window, compare_to, reader.zone), now)
        ask_before = ask_for(asked, pair.earlier.start, pair.earlier.end, by=by, apart=apart(groups))
        before = _held(asked, groups, by, pair.earlier, reader.figures(asked, ask_before))
        values = [
            compare(value, _at(figures, asked, group), _at(before, asked, group), pair)
            for value, group in zip(values, groups, strict=True)
        ]
        values = _without_previous(values, _places(groups, withheld([asked], ask_before)[0]))
    dark = withheld([asked], ask)[0]
    values = _hidden(values, _places(groups, dark))
    slices = tuple(
        MetricSlice(group.kind, group.key, group.label, value) for group, value in zip(groups, values, strict=True)
    )
    if not asked.is_in_blocks(by):
        return slices
    rest = answer(asked, reader.fresh, window, nothing(asked.variant, quantile=asked.fraction is not None))
    return unnamed_slices(slices, rest if dark else None)


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
    in_blocks: bool = False,
) -> MetricSeries:
    """Return a metric's number in every bucket of the window, by group if asked.

    Raises: BadInput, naming the field; past 2,000 buckets the field is `grain`.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic, in_blocks=now if in_blocks else None)
    reader = reader_of(asked, now)
    check_days([asked], window, reader.zone, by=by, grain=grain)
    cut = edges(window, grain, reader.zone)
    groups = (ALL,) if by is None else _groups(reader, asked, window, by, top)[0]
    kept = None if by is None else apart(groups)
    ask = ask_for(asked, window.start, window.end, by=by, apart=kept)
    ask = replace(ask, start=window.start, grain=grain, cuts=cut[1:-1])
    buckets = Buckets.of(cut, reader.fresh, stock=asked.variant.stock)
    stored = [group.stored for group in groups]
    figures = reader.columns(asked, ask, stored, len(buckets))
    if asked.variant.exposure is not None:
        known = exposures(asked, cut, by)
        rated = zip(figures, stored, strict=True)
        figures = [columns_held_against(columns, known.of(name, stored)) for columns, name in rated]
    dark = withheld([asked], ask)[0]
    blocks = asked.is_in_blocks(by)
    told = tuple(
        SeriesGroup(
            group.kind,
            group.key,
            group.label,
            Points(columns, buckets, {place for place, name in dark if name == group.stored}, counted=not blocks),
        )
        for group, columns in zip(groups, figures, strict=True)
    )
    return MetricSeries(asked, unnamed_groups(told, buckets, dark) if blocks and by else told)


def _values(
    asked: Sequence[Question], window: Window, compare_to: Comparison | None, now: datetime
) -> tuple[MetricValue, ...]:
    """Answer questions that share window and filter, reading each of their facts once a window."""
    check_days(asked, window, current_brand().zone)
    readers = readers_of(asked, now)
    figures = _figures(asked, window, readers)
    values = [
        answer(each, readers[each.metric.fact.key].fresh, window, known, guard_of(each, window, compare_to))
        for each, known in zip(asked, figures, strict=True)
    ]
    if compare_to:
        pair = Pair(window, compared(window, compare_to, current_brand().zone), now)
        before = _figures(asked, pair.earlier, readers)
        values = [compare(value, known, then, pair) for value, known, then in zip(values, figures, before, strict=True)]
        values = _without_previous(values, _secret(asked, pair.earlier))
    return tuple(_hidden(values, _secret(asked, window)))


def _figures(asked: Sequence[Question], window: Window, readers: Mapping[str, Reader]) -> list[Figure]:
    alike: dict[tuple[str, bool], list[int]] = {}
    for place, each in enumerate(asked):
        alike.setdefault((each.metric.fact.key, each.variant.stock), []).append(place)
    asks: list[tuple[Reader, Ask]] = []
    for (key, _), places in alike.items():
        parts = tuple(dict.fromkeys(part for place in places for part in asked[place].variant.components))
        asks.append((readers[key], ask_for(asked[places[0]], window.start, window.end, parts=parts)))
    found: dict[int, Figure] = {}
    for places, (reader, ask), sums in zip(alike.values(), asks, sums_of(asks), strict=True):
        for place in places:
            each = asked[place]
            found[place] = _at(reader.told(each, ask, sums, ask.parts), each, ALL)
            if each.variant.exposure is not None:
                (exposure,) = exposures(each, (window.start, window.end)).total.tolist()
                found[place] = held_against(found[place], exposure)
    return [found[place] for place in range(len(asked))]


def _groups(
    reader: Reader, asked: Question, window: Window, by: DimensionKey, top: int
) -> tuple[tuple[Group, ...], Sums]:
    if not 1 <= top <= MOST_GROUPS:
        raise BadInput(f"A breakdown has 1 to {MOST_GROUPS} groups.", field="top")
    dimension = dimension_of(asked.metric.fact, by, "groupBy")
    ask = ask_for(asked, window.start, window.end, by=by)
    sums = reader.sums(ask)
    make = figures_of(asked.variant, ask.parts)
    figures = {name: make(numbers) for (_, name), numbers in sums.items() if name is not None}
    sizes = {name: (float(figure.n), float(figure.excluded or 0)) for name, figure in figures.items()}
    return groups_of(dimension, sizes, top), sums


def _held(
    asked: Question, groups: Sequence[Group], by: DimensionKey, window: Window, figures: Mapping[Key, Figure]
) -> Mapping[Key, Figure]:
    """Return the figures of groups, as rates where counts are held against something."""
    if asked.variant.exposure is None:
        return figures
    known, stored = exposures(asked, (window.start, window.end), by), [group.stored for group in groups]
    return {
        (WHOLE[0], group.stored): held_against(_at(figures, asked, group), known.of(group.stored, stored).tolist()[0])
        for group in groups
    }


def _at(figures: Mapping[Key, Figure], asked: Question, group: Group) -> Figure:
    known = figures.get((WHOLE[0], group.stored))
    return nothing(asked.variant, quantile=asked.fraction is not None) if known is None else known


def _secret(asked: Sequence[Question], window: Window) -> set[int]:
    """Return which of these questions, by place, may not be answered."""
    found: set[int] = set()
    for fact in dict.fromkeys(each.metric.fact.key for each in asked):
        places = [place for place, each in enumerate(asked) if each.metric.fact.key == fact]
        same = [asked[place] for place in places]
        dark = withheld(same, ask_for(same[0], window.start, window.end))
        found |= {place for place, keys in zip(places, dark, strict=True) if WHOLE in keys}
    return found


def _places(groups: Sequence[Group], dark: Set[Key]) -> set[int]:
    return {place for place, group in enumerate(groups) if (WHOLE[0], group.stored) in dark}


def _hidden(values: Sequence[MetricValue], places: Set[int]) -> list[MetricValue]:
    return [value.hidden() if place in places else value for place, value in enumerate(values)]


def _without_previous(values: Sequence[MetricValue], places: Set[int]) -> list[MetricValue]:
    return [value.without_previous() if place in places else value for place, value in enumerate(values)]
