"""Make rollups anew: a fact's components summed over hours, days and months, and its measures' histograms.

One of the modules that may write SQL by hand: its texts come from definitions, values are always bound. Days
are made anew whole, never added to: an event told twice, late or differently counts as it stands now.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from apps.metrics.buckets import month_end
from apps.metrics.clock import wall_clock
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Measure
from apps.metrics.definitions.registry import layout, measures
from apps.metrics.grouping_sets import GroupingSets
from apps.metrics.rows import reading
from apps.metrics.statements import Parameters, aggregates, bin_number, bound_clock, hour_start, week_hour
from apps.metrics.windows import day_start
from cxplatform.tenancy import locks
from cxplatform.tenancy.doors import sql

_OF_DAYS = ("metrics_rollup", "metrics_hourrollup", "metrics_histogram")
_OF_MONTHS = ("metrics_monthrollup", "metrics_monthhistogram")
_MONTH = "day - (extract(day FROM day)::int - 1)"


def lock() -> None:
    """Wait until no other recompute of this brand runs; held to the end of the transaction."""
    locks.lock("metrics")


def forget(fact: Fact) -> None:
    """Delete all that is stored of a fact."""
    with sql() as cursor:
        for table in (*_OF_DAYS, *_OF_MONTHS):
            cursor.execute(f"DELETE FROM {table} WHERE fact = %s", [fact.key])  # noqa: S608  # a constant


def replace(fact: Fact, first: date, last: date, zone: ZoneInfo) -> None:
    """Make a run of days anew, both ends included, and the sums of the months they are in."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    starts = [day_start(day, zone) for day in days]
    end = day_start(last + timedelta(days=1), zone)
    parameters = {
        **reading(fact, starts[0], end),
        **bound_clock(wall_clock(starts[0], end, zone)),
        "fact": fact.key,
        "first": first,
        "last": last,
        "days": days,
        "starts": starts,
    }
    gone = "WHERE fact = %(fact)s AND day BETWEEN %(first)s AND %(last)s"
    with sql() as cursor:
        for table in _OF_DAYS:
            cursor.execute(f"DELETE FROM {table} {gone}", parameters)  # noqa: S608  # constants
        cursor.execute(_rollup_insert(fact), parameters)
        cursor.execute(_hour_insert(fact), parameters)
        for measure in measures(fact.key) if fact.histogram_shapes else ():
            cursor.execute(_histogram_insert(fact, measure), {**parameters, "measure": measure.name})
    _replace_months(fact, first.replace(day=1), month_end(last))


def _replace_months(fact: Fact, first: date, last: date) -> None:
    """Make the sums of whole months anew, from the days: four statements, two for a fact without histograms."""
    shapes = list(range(len(fact.shapes)))
    parameters: Parameters = {"fact": fact.key, "first": first, "last": last, "shapes": shapes}
    made = {"metrics_monthrollup": _month_insert(fact)}
    if fact.histogram_shapes:
        made["metrics_monthhistogram"] = _MONTH_HISTOGRAM_INSERT
    with sql() as cursor:
        for table, insert in made.items():
            cursor.execute(
                f"DELETE FROM {table} WHERE fact = %(fact)s AND month BETWEEN %(first)s AND %(last)s",  # noqa: S608  # a constant
                parameters,
            )
            cursor.execute(insert, parameters)


def _month_insert(fact: Fact) -> str:
    sums = ", ".join(f"sum(components[{place + 1}])" for place in range(len(layout(fact.key))))
    return f"""
        INSERT INTO metrics_monthrollup (fact, shape, month, dim_a, dim_b, components)
        SELECT fact, shape, {_MONTH}, dim_a, dim_b, ARRAY[{sums}]
        FROM metrics_rollup
        WHERE fact = %(fact)s AND shape = ANY(%(shapes)s) AND day BETWEEN %(first)s AND %(last)s
        GROUP BY 1, 2, 3, 4, 5
    """  # noqa: S608  # constants of the definitions; every value is bound


# Group by group: to tell every bin of every day apart by all the names of its group takes four times as long.
_MONTH_HISTOGRAM_INSERT = f"""
    INSERT INTO metrics_monthhistogram (fact, shape, month, dim_a, dim_b, measure, bins, counts)
    SELECT fact, shape, month, dim_a, dim_b, measure, added.bins, added.counts
    FROM (SELECT fact, shape, {_MONTH} AS month, dim_a, dim_b, measure, array_agg(id) AS days
          FROM metrics_histogram WHERE fact = %(fact)s AND day BETWEEN %(first)s AND %(last)s
          GROUP BY 1, 2, 3, 4, 5, 6) of_group,
    LATERAL (SELECT array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS counts
             FROM (SELECT bin, sum(n)::int AS n FROM metrics_histogram h, unnest(h.bins, h.counts) AS held (bin, n)
                   WHERE h.id = ANY(of_group.days) GROUP BY bin) summed) added
"""  # noqa: S608  # constants; every value is bound


def _rollup_insert(fact: Fact) -> str:
    shapes = GroupingSets(fact, fact.shapes)
    return f"""
        INSERT INTO metrics_rollup (fact, shape, day, dim_a, dim_b, components)
        SELECT %(fact)s, {shapes.number}, (%(days)s::date[])[bucket], {shapes.column(0)}, {shapes.column(1)},
               ARRAY[{", ".join(aggregates(layout(fact.key)))}]
        FROM (SELECT f.*, {shapes.grouped} FROM {fact.source_for(layout(fact.key))} WHERE {_within(fact)}) f
        GROUP BY GROUPING SETS ({shapes.sets("bucket")})
    """  # noqa: S608  # constants of the definitions; every value is bound


def _hour_insert(fact: Fact) -> str:
    return f"""
        INSERT INTO metrics_hourrollup (fact, day, start, week_hour, components)
        SELECT %(fact)s, (%(days)s::date[])[bucket], hour_start, week_hour,
               ARRAY[{", ".join(aggregates(layout(fact.key)))}]
        FROM (SELECT f.*, width_bucket({fact.time}, %(starts)s::timestamptz[]) AS bucket,
                     {hour_start(fact.time)} AS hour_start, {week_hour(fact.time)} AS week_hour
              FROM {fact.source_for(layout(fact.key))} WHERE {_within(fact)}) f
        GROUP BY bucket, hour_start, week_hour
    """  # noqa: S608  # constants of the definitions; every value is bound


def _histogram_insert(fact: Fact, measure: Measure) -> str:
    shapes = GroupingSets(fact, fact.histogram_shapes)
    return f"""
        INSERT INTO metrics_histogram (fact, shape, day, dim_a, dim_b, measure, bins, counts)
        SELECT %(fact)s, shape, day, dim_a, dim_b, %(measure)s,
               array_agg(bin ORDER BY bin), array_agg(n ORDER BY bin)
        FROM (SELECT {shapes.number} AS shape, (%(days)s::date[])[bucket] AS day, {shapes.column(0)} AS dim_a,
                     {shapes.column(1)} AS dim_b, bin, count(*)::int AS n
              FROM (SELECT {bin_number(measure)} AS bin, {shapes.grouped}
                    FROM {fact.source_for([measure])} WHERE {_within(fact)} AND {measure.where}) f
              GROUP BY GROUPING SETS ({shapes.sets("bucket, bin")})) binned
        GROUP BY shape, day, dim_a, dim_b
    """  # noqa: S608  # constants of the definitions; every value is bound


def _within(fact: Fact) -> str:
    return f"{fact.time} >= %(start)s AND {fact.time} < %(end)s"
