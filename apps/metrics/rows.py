"""Sums, values and histograms straight from the rows, for what no rollup covers.

One of the modules that may write SQL by hand: its texts come from definitions, values are always bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from apps.metrics.asking import Ask, Key, Line
from apps.metrics.cuts import bucket_of_moment
from apps.metrics.definitions.facts.fact import Dimension, Fact
from apps.metrics.definitions.parts import Component, Measure
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.spans import bound_spans
from apps.metrics.statements import (
    Parameters,
    aggregates,
    bin_number,
    bound,
    bound_clock,
    folded,
    group,
    joins,
    row_conditions,
    week_hour,
)
from cxplatform.tenancy.doors import read

# Numbers of bins and how many rows are in each: as lists, or as text with commas between.
Bins = tuple[Sequence[int] | str, Sequence[int] | str]


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums of one bucket and one value of each axis, and whether a filter lets them through."""

    bucket: int
    names: tuple[str, ...]
    picked: bool
    sums: tuple[float, ...]


def sums(ask: Ask) -> list[Line]:
    """Return the sums of every bucket and group that has rows, in one SELECT."""
    return _fetch(ask, aggregates(ask.parts))


def cells(ask: Ask, axes: Sequence[DimensionKey], picks: Where) -> list[Cell]:
    """Return the sums of every bucket and combination of values of the axes, in one SELECT.

    `picks` narrows axes; nothing is left out by it, but what it lets through is told apart.
    """
    names = [group(ask.fact.dimension(key)) for key in axes]
    picked = " AND ".join(f"coalesce({condition}, FALSE)" for condition in row_conditions(ask.fact, picks))
    fetched = _fetch(ask, aggregates(ask.parts), names=[*names, picked or "TRUE"], axes=axes, picks=picks)
    count = len(names)
    return [Cell(row[0], tuple(row[1 : count + 1]), row[count + 1], tuple(row[count + 2 :])) for row in fetched]


def blocks(ask: Ask, counted: Component, number: int) -> list[tuple[Any, ...]]:
    """Return bucket, group and sums of `number` blocks each at most, into which the counted rows are dealt in turn.

    So a row is a block of its own where there are no more rows than blocks. One SELECT.
    """
    fact, (bucket, bounds), name = ask.fact, _bucket(ask), _name(ask)
    conditions = [f"({counted.where})", *row_conditions(fact, ask.where)]
    text = f"""
        SELECT bucket, name, {", ".join(aggregates(ask.parts))}
        FROM (SELECT f.*, {bucket} AS bucket, {name} AS name,
                     mod(row_number() OVER (PARTITION BY {bucket}, {name} ORDER BY f.id), %(blocks)s) AS block
              FROM {fact.source_for(ask.parts)} {joins(fact, ask.dimensions)}
              WHERE {" AND ".join(conditions)}) f
        GROUP BY bucket, name, block
    """  # noqa: S608  # constants of the definitions; every value is bound
    parameters = {
        **bound(ask.where),
        **bounds,
        **bound_spans(ask),
        "apart": list(ask.apart or ()),
        "blocks": number,
    }
    return read(text, parameters)


def values(ask: Ask, measure: Measure) -> dict[Key, list[float]]:
    """Return a measure's values in ascending order, per bucket and group, in one SELECT."""
    value = f"({measure.value})::float8"
    wanted = [f"array_agg({value} ORDER BY {value})"]
    fetched = _fetch(ask, wanted, measure=measure)
    return {(row[0], row[1]): row[2] for row in fetched}


def histograms(ask: Ask, measure: Measure) -> dict[Key, list[Bins]]:
    """Return a measure's histogram per bucket and group, in one SELECT."""
    fetched = _fetch(ask, [bin_number(measure), "count(*)::int"], also="3", measure=measure)
    found: dict[Key, tuple[list[int], list[int]]] = {}
    for bucket, name, number, count in fetched:
        bins, counts = found.setdefault((bucket, name), ([], []))
        bins.append(number)
        counts.append(count)
    return {key: [both] for key, both in found.items()}


def labels(dimension: Dimension, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return key and label of stored groups; a dimension without names speaks for itself."""
    if dimension.names is None or not ids:
        return {name: (name, name) for name in ids}
    names = dimension.names
    label = f"coalesce(nullif({names.label}, ''), {names.key})"
    text = f"SELECT id::text, {names.key}, {label} FROM {names.table} WHERE id = ANY(%(ids)s::uuid[])"  # noqa: S608  # constants
    return {row[0]: (row[1], row[2]) for row in read(text, {"ids": list(ids)})}


def latest(fact: Fact, now: datetime) -> datetime | None:
    """Return the instant of the latest event that is not in the future."""
    moment = fact.known_by or fact.moment
    text = f"SELECT max({moment}) FROM {fact.table} WHERE {moment} <= %s"  # noqa: S608  # constants
    ((found,),) = read(text, [now])
    return cast("datetime | None", found)


def extent(fact: Fact) -> tuple[datetime, datetime] | None:
    """Return the instants of the first and the last event, None where there is none."""
    moment = fact.known_by or fact.moment
    text = f"SELECT min({moment}), greatest({', '.join((f'max({moment})', *fact.later))}) FROM {fact.table}"  # noqa: S608  # constants
    ((first, last),) = read(text, [])
    return None if first is None else (first, last)


def reading(fact: Fact, start: datetime, end: datetime) -> Parameters:
    """Return the parameters that bound a fact's source to a span."""
    return {
        "start": start,
        "end": end,
        "near_start": start - fact.reach,
        "near_end": end + fact.reach,
    }


def _fetch(
    ask: Ask,
    wanted: list[str],
    *,
    names: Sequence[str] = (),
    axes: Sequence[DimensionKey] = (),
    picks: Where = EVERYTHING,
    also: str = "",
    measure: Measure | None = None,
) -> list[tuple[Any, ...]]:
    fact = ask.fact
    names = names or [_name(ask)]
    counted = "TRUE" if measure is None else measure.where
    conditions = [f"({counted})", *row_conditions(fact, ask.where)]
    source = fact.source_for(ask.parts if measure is None else [measure])
    bucket, bounds = _bucket(ask)
    text = f"""
        SELECT {bucket}, {", ".join([*names, *wanted])}
        FROM {source} {joins(fact, ask.dimensions | set(axes))}
        WHERE {fact.time} >= %(start)s AND {fact.time} < %(end)s AND {" AND ".join(conditions)}
        GROUP BY {", ".join([*(str(n + 1) for n in range(len(names) + 1)), *([also] if also else [])])}
    """  # noqa: S608  # constants of the definitions; every value is bound
    parameters = {
        **reading(fact, ask.start, ask.end),
        **bound(ask.where),
        **bound(picks),
        **bounds,
        **bound_spans(ask),
        "apart": list(ask.apart or ()),
    }
    return read(text, parameters)


def _bucket(ask: Ask) -> tuple[str, Parameters]:
    """Return the number of a row's bucket, and what that binds."""
    if ask.clock is not None:
        return week_hour(ask.fact.time), bound_clock(ask.clock)
    return bucket_of_moment(ask.fact.time, ask.cuts)


def _name(ask: Ask) -> str:
    """Return the group of a row, as it is stored."""
    dimension = None if ask.by is None else ask.fact.dimension(ask.by)
    return folded(group(dimension), apart=ask.apart is not None)
