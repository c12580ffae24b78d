"""The SQL texts that definitions come to: all constant, for what a caller gave is bound by name."""

from collections.abc import Iterable
from typing import Any

from apps.metrics.clock import WallClock
from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.parts import Component, Measure
from apps.metrics.definitions.vocabulary import Bins, DimensionKey
from apps.metrics.filters import Where
from apps.metrics.statistics.bins import LOG_WIDTH, SMALLEST, ZERO_BIN

# Whatever the driver can bind.
Parameters = dict[str, Any]


def wall_time(moment: str) -> str:
    """Return what the wall clock showed at a moment, by the clock bound as clock_since and clock_ahead."""
    return f"({moment} AT TIME ZONE 'UTC' + {_of_clock('ahead::interval', moment)})"


def hour_start(moment: str) -> str:
    """Return the instant at which the hour of a moment began: when the clock struck, or was set since."""
    struck = f"(date_trunc('hour', {wall_time(moment)}) - {_of_clock('ahead::interval', moment)}) AT TIME ZONE 'UTC'"
    return f"greatest({struck}, {_of_clock('since::timestamptz', moment)})"


def week_hour(moment: str) -> str:
    """Return the number of the hour of the week that the wall clock showed, 0 for Monday's first."""
    wall = wall_time(moment)
    return f"((extract(isodow FROM {wall})::int - 1) * 24 + extract(hour FROM {wall})::int)"


def _of_clock(column: str, moment: str) -> str:
    name, _, kind = column.partition("::")
    return f"(%(clock_{name})s::{kind}[])[width_bucket({moment}, %(clock_since)s::timestamptz[])]"


def bound_clock(clock: WallClock) -> Parameters:
    """Return a clock under the names its expressions use."""
    return {"clock_since": list(clock.since), "clock_ahead": list(clock.ahead)}


def group(dimension: Dimension | None) -> str:
    """Return a row's group as it is stored: the id or the value, "" for none."""
    return "''" if dimension is None else f"coalesce({dimension.column}::text, '')"


def folded(group_sql: str, *, apart: bool) -> str:
    """Return the group, NULL where it is not one of those kept apart."""
    return f"CASE WHEN {group_sql} = ANY(%(apart)s) THEN {group_sql} END" if apart else group_sql


def joins(fact: Fact, keys: Iterable[DimensionKey]) -> str:
    """Return the joins that these dimensions' columns need, each once."""
    dimensions = (fact.dimension(key) for key in sorted(keys))
    names = dict.fromkeys(d.join for d in dimensions if d is not None and d.join is not None)
    return "\n".join(fact.joins[name] for name in names)


def row_conditions(fact: Fact, where: Where) -> list[str]:
    """Return what the rows must pass, values bound as where_<dimension>."""
    return [_row_condition(fact.dimension(key), key, values) for key, values in where]


def _row_condition(dimension: Dimension | None, key: DimensionKey, values: tuple[str, ...]) -> str:
    assert dimension is not None, key
    if dimension.names is None:
        return f"coalesce({dimension.column}, '') = ANY(%(where_{key})s)"
    names = dimension.names
    named = f"{dimension.column} IN ({_ids(names)} = ANY(%(where_{key})s))"
    return f"({named} OR {dimension.column} IS NULL)" if "" in values else named


def stored_condition(column: str, dimension: Dimension, key: DimensionKey, values: tuple[str, ...]) -> str:
    """Return what a rollup's column must pass, values bound as where_<dimension>."""
    if dimension.names is None:
        return f"{column} = ANY(%(where_{key})s)"
    names = dimension.names
    named = f"{column} IN ({_ids(names, '::text')} = ANY(%(where_{key})s))"
    return f"({named} OR {column} = '')" if "" in values else named


def _ids(names: Names, cast: str = "") -> str:
    return f"SELECT id{cast} FROM {names.table} WHERE {names.key}"  # noqa: S608  # constants


def bound(where: Where) -> Parameters:
    """Return the values of a filter under the names the conditions use."""
    return {f"where_{key}": list(values) for key, values in where}


def aggregates(parts: Iterable[Component]) -> list[str]:
    """Return the aggregates over rows."""
    return [f"({part.sql})::float8" for part in parts]


def bin_number(measure: Measure) -> str:
    """Return the number of the bin a row's measure falls in."""
    if measure.bins is Bins.WHOLE:
        return f"({measure.value})::int"
    value = f"({measure.value})::float8"
    return f"CASE WHEN {value} < {SMALLEST} THEN {ZERO_BIN} ELSE floor(ln({value}) / {LOG_WIDTH})::int END"
