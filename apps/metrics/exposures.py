"""What contacts are held against: customers active in a span, or orders made in it; straight from the rows.

One of the modules that may write SQL by hand: its texts are constant, values are always bound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from apps.metrics.definitions.parts import Exposure
from apps.metrics.definitions.vocabulary import DimensionKey, Method
from apps.metrics.figure_columns import Column, Ends, FigureColumns
from apps.metrics.figures import Figure
from apps.metrics.filters import Where
from apps.metrics.questions import Question
from apps.metrics.statements import Parameters, bound
from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.intervals import Interval
from cxplatform.tenancy.doors import read

# What narrows customers, and so what they are held against; anything else narrows contacts alone.
COLUMNS: Mapping[DimensionKey, str] = {DimensionKey.SEGMENT: "c.segment", DimensionKey.COUNTRY: "c.country"}
_ACTIVE = """
    SELECT {group}, width_bucket(coalesce(c.joined_at, '-infinity'), %(edges)s::timestamptz[]),
           width_bucket(coalesce(c.churned_at, 'infinity'), %(edges)s::timestamptz[]), count(*)
    FROM customers_customer c WHERE c.merged_into_id IS NULL AND {conditions} GROUP BY 1, 2, 3
"""
_ORDERS = """
    SELECT {group}, width_bucket(o.ordered_at, %(edges)s::timestamptz[]), count(*)
    FROM customers_order o JOIN customers_customer c ON c.id = o.customer_id
    WHERE o.kind IN ('PURCHASE', 'RENEWAL', 'EXPANSION') AND o.ordered_at >= %(start)s AND o.ordered_at < %(end)s
      AND {conditions} GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Exposures:
    """How much there is of it in every bucket: of each group, where it is told by group, and of all together."""

    groups: Mapping[str, Floats]
    total: Floats

    def of(self, name: str | None, apart: Sequence[str | None]) -> Floats:
        """Return a group's; that of None is what is in none of the groups `apart`."""
        if not self.groups:
            return self.total
        if name is not None:
            return self.groups.get(name, np.zeros_like(self.total))
        taken = [self.groups[each] for each in apart if each is not None and each in self.groups]
        return self.total - sum(taken, np.zeros_like(self.total))


def exposures(asked: Question, edges: Sequence[datetime], by: DimensionKey | None = None) -> Exposures:
    """Return what a question's contacts are held against in the buckets between these edges, in one SELECT."""
    exposure = asked.variant.exposure
    assert exposure is not None, asked.variant.key
    column = COLUMNS.get(by) if by else None
    found = _read(exposure, asked.where, edges, column)
    total = sum(found.values(), np.zeros(len(edges) - 1))
    return Exposures(found if column else {}, total)


def _read(exposure: Exposure, where: Where, edges: Sequence[datetime], column: str | None) -> dict[str, Floats]:
    narrowing = tuple((key, values) for key, values in where if key in COLUMNS)
    conditions = [f"coalesce({COLUMNS[key]}, '') = ANY(%(where_{key})s)" for key, _ in narrowing]
    parameters: Parameters = {**bound(narrowing), "edges": list(edges), "start": edges[0], "end": edges[-1]}
    text = (_ACTIVE if exposure is Exposure.ACTIVE_CUSTOMERS else _ORDERS).format(
        group=f"coalesce({column}, '')" if column else "''", conditions=" AND ".join(conditions) or "TRUE"
    )
    buckets = len(edges) - 1
    found: dict[str, Floats] = {}
    for name, *places, count in read(text, parameters):
        known = found.setdefault(name, np.zeros(buckets))
        if exposure is Exposure.ACTIVE_CUSTOMERS:
            joined, churned = places
            # Joined before the bucket's end, and not churned before its start.
            known[max(joined - 1, 0) : churned] += count
        else:
            known[places[0] - 1] += count
    return found


def held_against(figure: Figure, exposure: float) -> Figure:
    """Return a count as a rate; no rate where there is nothing to hold it against."""
    count, known = figure.n, exposure > 0
    interval = figure.interval
    bounds = None
    if interval is not None and known:
        bounds = Interval(interval.low / exposure, interval.high / exposure, interval.level, interval.method)
    value = count / exposure if known else None
    return figure._replace(value=value, numerator=float(count), denominator=exposure, method=Method.NONE, bounds=bounds)


def columns_held_against(columns: FigureColumns, exposure: Floats) -> FigureColumns:
    """Return counts of buckets as rates."""

    def rates(counts: Column) -> Column:
        return [
            None if count is None or not known else count / known
            for count, known in zip(counts, exposure.tolist(), strict=True)
        ]

    def ends() -> Ends:
        low, high = columns.ends()
        return rates(low), rates(high)

    return replace(columns, value=rates(list(columns.sample_size)), ends=ends)
