"""Read rollups: a fact's components summed over an hour, or over a day or month and at most two dimensions.

One of the modules that may write SQL by hand: its texts come from definitions, values are always bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from apps.metrics.asking import Ask, Key, Line
from apps.metrics.buckets import month_end, whole_months
from apps.metrics.cuts import bucket_of_day, bucket_of_moment
from apps.metrics.definitions.facts.fact import Shape
from apps.metrics.definitions.parts import Measure
from apps.metrics.definitions.registry import places
from apps.metrics.rows import Bins
from apps.metrics.statements import Parameters, bound, folded, stored_condition
from apps.metrics.statistics.arithmetic import Floats, floats_of
from cxplatform.tenancy.doors import read

_COLUMNS = ("dim_a", "dim_b")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """A run of the brand's days, both ends included, read from one shape and cut before some of them.

    Where no cut is within a month, whole months are read as such.
    """

    shape: Shape
    first: date
    last: date
    cuts: tuple[date, ...] = ()
    by_months: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Buckets of one table, from the first to the last by the day in `column`."""

    table: str
    column: str
    first: date
    last: date


def sums(ask: Ask, days: Days) -> list[Line]:
    """Return the sums of every bucket and group that has rows, in one SELECT."""
    held, parameters = _held(_runs(days, "rollup"), "components")
    text = _select(held, ask, days, _wanted(ask)) + " GROUP BY 1, 2"
    return read(text, {**_parameters(ask, days, ask.fact.shapes), **parameters})


def sums_of_each(asked: Sequence[tuple[Ask, Days]]) -> list[list[Line]]:
    """Return the same of several facts, in one SELECT for all that lie in the same days and are cut alike."""
    alike: dict[object, list[int]] = {}
    for place, (ask, days) in enumerate(asked):
        cut = tuple(ask.fact.dimension(key) for key in days.shape)
        key = (days, ask.fact.shapes.index(days.shape), cut, ask.where, ask.by, ask.apart)
        alike.setdefault(key, []).append(place)
    found: dict[int, list[Line]] = {}
    for group in alike.values():
        told = [sums(*asked[group[0]])] if len(group) == 1 else _sums_of_facts([asked[place] for place in group])
        found |= dict(zip(group, told, strict=True))
    return [found[place] for place in range(len(asked))]


def _sums_of_facts(asked: Sequence[tuple[Ask, Days]]) -> list[list[Line]]:
    """Return the sums of facts that lie in the same days and are cut alike, each of its own parts."""
    ask, days = asked[0]
    own = [_held_parts(each) for each, _ in asked]
    all_parts = list(dict.fromkeys(part for parts in own for part in parts))
    held, parameters = _held(_runs(days, "rollup"), "fact, components", "fact = ANY(%(facts)s)")
    text = _select(held, ask, days, ["fact", *(f"sum({part})" for part in all_parts)]) + " GROUP BY 1, 2, 3"
    facts = {"facts": [each.fact.key for each, _ in asked]}
    found: dict[str, list[tuple[int, str | None, dict[str, float]]]] = {}
    for bucket, name, fact, *numbers in read(text, {**_parameters(ask, days, ask.fact.shapes), **parameters, **facts}):
        found.setdefault(fact, []).append((bucket, name, dict(zip(all_parts, numbers, strict=True))))
    return [
        [(bucket, name, *map(told.__getitem__, parts)) for bucket, name, told in found.get(each.fact.key, ())]
        for (each, _), parts in zip(asked, own, strict=True)
    ]


def hours(ask: Ask) -> tuple[Floats, Floats]:
    """Return hours that have rows: their buckets, and their sums, a row a part. For a question of no dimension.

    In one SELECT, as one row of text: the driver takes six times as long to make a thousand rows of numbers. Hours of
    one bucket come one by one, for few buckets have two; but those of a week's hour, of which a year has 52, added up.
    """
    bucket, parameters = bucket_of_moment("start", ask.cuts) if ask.clock is None else ("week_hour", {})
    wanted = _held_parts(ask) if ask.clock is None else _wanted(ask)
    parts = [f"part_{place}" for place in range(len(wanted))]
    named = [f"{column} AS {name}" for column, name in zip(wanted, parts, strict=True)]
    text = f"""
        SELECT {", ".join(f"string_agg({column}::text, ',')" for column in ("bucket", *parts))}
        FROM (SELECT {bucket} AS bucket, {", ".join(named)} FROM metrics_hourrollup
              WHERE fact = %(fact)s AND start >= %(start)s AND start < %(end)s
              {"" if ask.clock is None else "GROUP BY 1"}) held
    """  # noqa: S608  # constants of the definitions; every value is bound
    (told,) = read(text, {**parameters, "fact": ask.fact.key, "start": ask.start, "end": ask.end})
    buckets, *sums = map(floats_of, told)
    return buckets, np.array(sums)


def _wanted(ask: Ask) -> list[str]:
    return [f"sum({part})" for part in _held_parts(ask)]


def _held_parts(ask: Ask) -> list[str]:
    held = places(ask.fact.key)
    return [f"components[{held[part] + 1}]" for part in ask.parts]


def histograms(ask: Ask, days: Days, measure: Measure) -> dict[Key, list[Bins]]:
    """Return a measure's histograms per bucket and group in one SELECT: those of its days or months one after another.

    They are told as text, which numpy reads in a third of the time in which the driver makes lists of arrays.
    """
    held, parameters = _held(_runs(days, "histogram"), "bins, counts, measure")
    listed = [f"string_agg(array_to_string({column}, ','), ',')" for column in ("bins", "counts")]
    text = _select(held, ask, days, listed) + " AND measure = %(measure)s AND cardinality(bins) > 0 GROUP BY 1, 2"
    values = {**_parameters(ask, days, ask.fact.shapes), **parameters, "measure": measure.name}
    return {(bucket, name): [(bins, counts)] for bucket, name, bins, counts in read(text, values)}


def _runs(days: Days, kind: str) -> list[_Run]:
    """Split a run of days into the days before its whole months, these, and the days after them."""
    of_days, of_months = f"metrics_{kind}", f"metrics_month{kind}"
    months = whole_months(days.first, days.last) if days.by_months else None
    if months is None:
        return [_Run(of_days, "day", days.first, days.last)]
    runs = [
        _Run(of_days, "day", days.first, months[0] - _DAY),
        _Run(of_months, "month", *months),
        _Run(of_days, "day", month_end(months[1]) + _DAY, days.last),
    ]
    return [run for run in runs if run.first <= run.last]


def _held(runs: Sequence[_Run], columns: str, of: str = "fact = %(fact)s") -> tuple[str, Parameters]:
    """Return the buckets of some runs as one table, each by its first day, and what that binds beside the facts."""
    texts: list[str] = []
    parameters: Parameters = {}
    for place, run in enumerate(runs):
        texts.append(
            f"SELECT {run.column} AS day, dim_a, dim_b, {columns} FROM {run.table} WHERE {of}"  # noqa: S608  # constants; every value is bound
            f" AND shape = %(shape)s AND {run.column} BETWEEN %(first_{place})s AND %(last_{place})s"
        )
        parameters |= {f"first_{place}": run.first, f"last_{place}": run.last}
    return " UNION ALL ".join(texts), parameters


def _select(buckets: str, ask: Ask, days: Days, wanted: list[str]) -> str:
    held = dict(zip(days.shape, _COLUMNS, strict=False))
    name = folded("''" if ask.by is None else held[ask.by], apart=ask.apart is not None)
    bucket, _ = bucket_of_day("day", days.cuts)
    conditions = []
    for key, values in ask.where:
        dimension = ask.fact.dimension(key)
        assert dimension is not None, key
        conditions.append(stored_condition(held[key], dimension, key, values))
    return f"""
        SELECT {bucket} AS bucket, {name} AS name, {", ".join(wanted)} FROM ({buckets}) held
        WHERE {" AND ".join(conditions) or "TRUE"}
    """  # noqa: S608  # constants of the definitions; every value is bound


def _parameters(ask: Ask, days: Days, shapes: Sequence[Shape]) -> Parameters:
    return {
        **bound(ask.where),
        **bucket_of_day("day", days.cuts)[1],
        "fact": ask.fact.key,
        "shape": shapes.index(days.shape),
        "apart": list(ask.apart or ()),
    }


def state(facts: list[str], topics: list[str]) -> tuple[dict[str, tuple[str, datetime | None]], dict[str, set[date]]]:
    """Return each fact's layout and latest event, and each topic's days still to be made, in one SELECT."""
    text = """
        SELECT fact, layout, latest, NULL::date FROM metrics_watermark WHERE fact = ANY(%s)
        UNION ALL SELECT DISTINCT topic, NULL, NULL::timestamptz, day FROM dirty_dirtymark WHERE topic = ANY(%s)
    """
    known: dict[str, tuple[str, datetime | None]] = {}
    marked: dict[str, set[date]] = {}
    for name, made_with, latest, day in read(text, [facts, topics]):
        if day is None:
            known[name] = (made_with, latest)
        else:
            marked.setdefault(name, set()).add(day)
    return known, marked
