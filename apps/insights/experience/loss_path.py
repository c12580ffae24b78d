"""What failed last before customers left, held against those who stayed. Runs in the brand's door.

An association: what made somebody leave may be something that nobody recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share, holm, unpaired_interval
from apps.metrics.statistics.comparisons import ALPHA, two_proportions
from apps.metrics.statistics.intervals import Interval
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import read

REACH_DAYS: Final = 90
MOST_DAYS: Final = 366
FEWEST: Final = 30
MOST_STEPS: Final = 200

# Who was a customer when the window began. Looked back on is from the moment of leaving, or else from the window's end.
_PEOPLE: Final = """
    SELECT c.id, coalesce(g.gone < %(end)s AND g.gone <= %(now)s, FALSE) AS has_left,
           least(g.gone, %(end)s, %(now)s) AS edge
    FROM customers_customer c
    LEFT JOIN (SELECT o.customer_id, max(o.ordered_at) FILTER (WHERE o.kind = 'CANCELLATION') AS ended_at,
                      max(o.ordered_at) FILTER (WHERE o.kind NOT IN ('CANCELLATION', 'REFUND')) AS ordered_at
               FROM customers_order o WHERE o.ordered_at < %(end)s GROUP BY 1) e
      ON e.customer_id = c.id AND e.ended_at >= coalesce(e.ordered_at, '-infinity')
    CROSS JOIN LATERAL (SELECT least(c.churned_at, e.ended_at) AS gone) g
    WHERE c.merged_into_id IS NULL AND coalesce(c.joined_at, '-infinity') < %(start)s
      AND coalesce(g.gone, 'infinity') >= %(start)s AND {conditions}
"""
_FAILURES: Final = """
    SELECT e.customer_id, 'TOUCHPOINT' AS kind, t.key, coalesce(nullif(t.name, ''), t.key) AS name,
           e.occurred_at AS at, e.id
    FROM journeys_touchpointevent e JOIN journeys_touchpoint t ON t.id = e.touchpoint_id
    WHERE (e.outcome = 'FAILED' OR e.promise_kept = FALSE)
      AND e.occurred_at >= %(start)s - %(reach)s AND e.occurred_at < %(end)s
    UNION ALL
    SELECT i.customer_id, 'CONTACT', i.channel, i.channel, i.opened_at, i.id
    FROM interactions_interaction i
    WHERE i.direction = 'INBOUND' AND (i.abandoned OR i.resolved = FALSE)
      AND i.opened_at >= %(start)s - %(reach)s AND i.opened_at < %(end)s
"""
_LAST: Final = f"""
    SELECT x.kind, x.key, x.name, count(*) FILTER (WHERE x.has_left), count(*) FILTER (WHERE NOT x.has_left)
    FROM (SELECT DISTINCT ON (p.id) p.has_left, f.kind, f.key, f.name
          FROM ({_PEOPLE}) p LEFT JOIN ({_FAILURES}) f
            ON f.customer_id = p.id AND f.at < p.edge AND f.at >= p.edge - %(reach)s
          ORDER BY p.id, f.at DESC NULLS LAST, f.id DESC) x
    GROUP BY 1, 2, 3
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Step:
    """What failed last, and of how many who left and who stayed; None of kind and key: nothing did.

    `p_value` and `interval` are None where either side is too few to judge.
    """

    kind: str | None
    key: str | None
    name: str | None
    left: Share
    stayed: Share
    interval: Interval | None
    p_value: float | None

    @property
    def difference(self) -> float | None:
        if self.left.value is None or self.stayed.value is None:
            return None
        return self.left.value - self.stayed.value

    @property
    def leads_out(self) -> bool:
        """Tell whether it comes last before leaving more often than by chance, all steps taken together."""
        return self.p_value is not None and self.p_value < ALPHA and (self.difference or 0) > 0


@dataclass(frozen=True, slots=True)
class LossPath:
    """How many left and stayed, and what failed last; the steps of the largest difference first."""

    left: int
    stayed: int
    steps: Sequence[Step]


def loss_path(asked: Asked, reach_days: int, fewest: int) -> LossPath:
    """Return what failed last before customers left, in one SELECT. Raises: BadInput, naming the field."""
    if not 1 <= reach_days <= MOST_DAYS:
        raise BadInput(f"withinDays is between 1 and {MOST_DAYS}.", field="withinDays")
    if not 1 <= fewest <= 100_000:  # as the message says
        raise BadInput("fewest is between 1 and 100,000.", field="fewest")
    values = {**asked.parameters, "now": asked.now, "reach": timedelta(days=reach_days)}
    rows = read(_LAST.format(conditions=asked.conditions("c")), values)
    left, stayed = sum(row[3] for row in rows), sum(row[4] for row in rows)
    shares = [(Share(row[3], left), Share(row[4], stayed)) for row in rows]
    enough = min(left, stayed) >= fewest
    adjusted = holm([two_proportions(*pair) if enough else None for pair in shares])
    steps = [
        Step(kind, key, name, *pair, unpaired_interval(*pair) if enough else None, p)
        for (kind, key, name, *_), pair, p in zip(rows, shares, adjusted, strict=True)
    ]
    steps.sort(key=lambda step: (-(step.difference or 0), -step.left.good, step.kind or "", step.key or ""))
    return LossPath(left, stayed, steps[:MOST_STEPS])
