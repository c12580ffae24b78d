"""Rollups: a fact's components summed over a day and at most two dimensions, read and made anew.

One of the modules that may write SQL by hand: its texts come from definitions, values are always bound. Days
are made anew whole, never added to: an event told twice, late or differently counts as it stands now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.metrics.asking import Ask, Key, Sums
from apps.metrics.definitions.facts.fact import Fact, Shape
from apps.metrics.definitions.parts import Measure
from apps.metrics.definitions.registry import layout, measures
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.rows import Bins, reading
from apps.metrics.statements import (
    Parameters,
    aggregates,
    bin_number,
    bound,
    folded,
    group,
    stored_condition,
)
from apps.metrics.windows import day_start
from cxplatform.tenancy.doors import sql

_COLUMNS = ("dim_a", "dim_b")


@dataclass(frozen=True, slots=True)
class Days:
    """A run of the brand's days, both ends included, read from one shape and cut before some of them."""

    shape: Shape
    first: date
    last: date
    cuts: tuple[date, ...] = ()


def sums(ask: Ask, days: Days) -> Sums:
    """Return the sums of every bucket and group that has rows, in one SELECT."""
    order = layout(ask.fact.key)
    wanted = [f"sum(components[{order.index(part) + 1}])" for part in ask.parts]
    text = _select("metrics_rollup", ask, days, wanted) + " GROUP BY 1, 2"
    with sql() as cursor:
        cursor.execute(text, _parameters(ask, days, ask.fact.shapes))
        return {(row[0], row[1]): tuple(row[2:]) for row in cursor.fetchall()}


def histograms(ask: Ask, days: Days, measure: Measure) -> dict[Key, list[Bins]]:
    """Return a measure's histograms per bucket and group, one a day, in one SELECT."""
    text = _select("metrics_histogram", ask, days, ["bins", "counts"]) + " AND measure = %(measure)s"
    found: dict[Key, list[Bins]] = {}
    with sql() as cursor:
        cursor.execute(text, {**_parameters(ask, days, ask.fact.shapes), "measure": measure.name})
        for bucket, name, bins, counts in cursor.fetchall():
            found.setdefault((bucket, name), []).append((bins, counts))
    return found


def _select(table: str, ask: Ask, days: Days, wanted: list[str]) -> str:
    held = dict(zip(days.shape, _COLUMNS, strict=False))
    name = folded("''" if ask.by is None else held[ask.by], apart=ask.apart is not None)
    bucket = "width_bucket(day, %(day_cuts)s::date[])" if days.cuts else "0"
    conditions = []
    for key, values in ask.where:
        dimension = ask.fact.dimension(key)
        assert dimension is not None, key
        conditions.append(" AND " + stored_condition(held[key], dimension, key, values))
    return f"""
        SELECT {bucket} AS bucket, {name} AS name, {", ".join(wanted)} FROM {table}
        WHERE fact = %(fact)s AND shape = %(shape)s AND day BETWEEN %(first)s AND %(last)s
        {"".join(conditions)}
    """  # noqa: S608  # constants of the definitions; every value is bound


def _parameters(ask: Ask, days: Days, shapes: Sequence[Shape]) -> Parameters:
    return {
        **bound(ask.where),
        "fact": ask.fact.key,
        "shape": shapes.index(days.shape),
        "first": days.first,
        "last": days.last,
        "day_cuts": list(days.cuts),
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
    with sql() as cursor:
        cursor.execute(text, [facts, topics])
        for name, made_with, latest, day in cursor.fetchall():
            if day is None:
                known[name] = (made_with, latest)
            else:
                marked.setdefault(name, set()).add(day)
    return known, marked


def lock() -> None:
    """Wait until no other recompute of this brand runs; held to the end of the transaction."""
    with sql() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('metrics'))")


def forget(fact: Fact) -> None:
    """Delete all that is stored of a fact."""
    with sql() as cursor:
        cursor.execute("DELETE FROM metrics_rollup WHERE fact = %s", [fact.key])
        cursor.execute("DELETE FROM metrics_histogram WHERE fact = %s", [fact.key])


def replace(fact: Fact, first: date, last: date, zone: ZoneInfo) -> None:
    """Make a run of days anew, both ends included: three statements and one a measure."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    starts = [day_start(day, zone) for day in days]
    end = day_start(last + timedelta(days=1), zone)
    parameters = {
        **reading(fact, starts[0], end),
        "fact": fact.key,
        "first": first,
        "last": last,
        "days": days,
        "starts": starts,
    }
    gone = "WHERE fact = %(fact)s AND day BETWEEN %(first)s AND %(last)s"
    with sql() as cursor:
        cursor.execute(f"DELETE FROM metrics_rollup {gone}", parameters)  # noqa: S608  # a constant
        cursor.execute(f"DELETE FROM metrics_histogram {gone}", parameters)  # noqa: S608  # a constant
        cursor.execute(_rollup_insert(fact), parameters)
        for measure in measures(fact.key) if fact.histogram_shapes else ():
            cursor.execute(_histogram_insert(fact, measure), {**parameters, "measure": measure.name})


def _rollup_insert(fact: Fact) -> str:
    shapes = _Shapes(fact, fact.shapes)
    return f"""
        INSERT INTO metrics_rollup (fact, shape, day, dim_a, dim_b, components)
        SELECT %(fact)s, {shapes.number}, (%(days)s::date[])[bucket], {shapes.column(0)}, {shapes.column(1)},
               ARRAY[{", ".join(aggregates(layout(fact.key)))}]
        FROM (SELECT f.*, {shapes.grouped} FROM {fact.source} WHERE {_within(fact)}) f
        GROUP BY GROUPING SETS ({shapes.sets("bucket")})
    """  # noqa: S608  # constants of the definitions; every value is bound


def _histogram_insert(fact: Fact, measure: Measure) -> str:
    shapes = _Shapes(fact, fact.histogram_shapes)
    return f"""
        INSERT INTO metrics_histogram (fact, shape, day, dim_a, dim_b, measure, bins, counts)
        SELECT %(fact)s, shape, day, dim_a, dim_b, %(measure)s,
               array_agg(bin ORDER BY bin), array_agg(n ORDER BY bin)
        FROM (SELECT {shapes.number} AS shape, (%(days)s::date[])[bucket] AS day, {shapes.column(0)} AS dim_a,
                     {shapes.column(1)} AS dim_b, bin, count(*)::int AS n
              FROM (SELECT {bin_number(measure)} AS bin, {shapes.grouped}
                    FROM {fact.source} WHERE {_within(fact)} AND {measure.where}) f
              GROUP BY GROUPING SETS ({shapes.sets("bucket, bin")})) binned
        GROUP BY shape, day, dim_a, dim_b
    """  # noqa: S608  # constants of the definitions; every value is bound


def _within(fact: Fact) -> str:
    return f"{fact.time} >= %(start)s AND {fact.time} < %(end)s"


class _Shapes:
    """The grouping sets of some shapes, made in one pass over the rows."""

    def __init__(self, fact: Fact, shapes: tuple[Shape, ...]) -> None:
        self._fact = fact
        self._shapes = shapes
        self._keys: list[DimensionKey] = sorted({key for shape in shapes for key in shape})

    @property
    def grouped(self) -> str:
        """Return the day's number and every dimension's group, as columns."""
        columns = [f"{group(self._fact.dimension(key))} AS by_{key}" for key in self._keys]
        return ", ".join([f"width_bucket({self._fact.time}, %(starts)s::timestamptz[]) AS bucket", *columns])

    def sets(self, always: str) -> str:
        """Return one grouping set a shape."""
        return ", ".join("(" + ", ".join([always, *(f"by_{key}" for key in shape)]) + ")" for shape in self._shapes)

    @property
    def number(self) -> str:
        """Return the number, among all of the fact's, of the shape a group belongs to."""
        return self._case([str(self._fact.shapes.index(shape)) for shape in self._shapes])

    def column(self, position: int) -> str:
        """Return a shape's first or second dimension, "" where it has none."""
        return self._case([f"by_{shape[position]}" if len(shape) > position else "''" for shape in self._shapes])

    def _case(self, values: list[str]) -> str:
        if not self._keys:
            return values[0]
        mask = f"GROUPING({', '.join(f'by_{key}' for key in self._keys)})"
        cases = zip(self._shapes, values, strict=True)
        whens = " ".join(f"WHEN {self._mask(shape)} THEN {value}" for shape, value in cases)
        return f"CASE {mask} {whens} END"

    def _mask(self, shape: Shape) -> int:
        """Return what GROUPING says in this shape's set: a bit for each dimension that is not in it."""
        return sum(1 << bit for bit, key in enumerate(reversed(self._keys)) if key not in shape)
