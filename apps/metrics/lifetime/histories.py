"""What customers' purchases come to for the models: one row a customer, from all orders up to an instant.

One of the modules that may write SQL by hand: its texts are constant, values are always bound. Purchases of one day,
of 24 hours of UTC, are one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np

from apps.metrics.definitions.facts.revenue import rate_at
from apps.metrics.definitions.facts.standing import BOUGHT, day_number
from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.lifetime.bg_nbd import Histories
from cxplatform.tenancy.doors import current_brand, read

_DAYS = f"""
    SELECT o.customer_id, {day_number("o.ordered_at")} AS day, min(o.ordered_at) AS bought_at,
           sum(o.amount * o.rate)::float8 AS spent, bool_or(o.rate IS NULL) AS unrated
    FROM (SELECT o.*, {rate_at("o.ordered_at", "o.currency")} AS rate FROM customers_order o
          WHERE o.kind IN {BOUGHT} AND o.ordered_at < %(now)s) o
    GROUP BY 1, 2
"""  # noqa: S608  # constants
_HISTORIES = f"""
    SELECT d.customer_id, min(d.bought_at), (c.churned_at < %(now)s) IS TRUE, count(*) - 1, max(d.day) - min(d.day),
           {day_number("%(now)s::timestamptz")} - min(d.day),
           coalesce((sum(d.spent) - (array_agg(d.spent ORDER BY d.day))[1]) / nullif(count(*) - 1, 0), 0)
    FROM ({_DAYS}) d JOIN customers_customer c ON c.id = d.customer_id
    GROUP BY d.customer_id, c.churned_at HAVING NOT bool_or(d.unrated)
"""  # noqa: S608  # constants
_GAP = f"""
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY g.gap)
    FROM (SELECT d.day - lag(d.day) OVER (PARTITION BY d.customer_id ORDER BY d.day) AS gap FROM ({_DAYS}) d) g
"""  # noqa: S608  # constants
_REFUNDED = f"""
    SELECT coalesce(sum(o.amount * o.rate) FILTER (WHERE o.kind = 'REFUND')
                    / nullif(sum(o.amount * o.rate) FILTER (WHERE o.kind <> 'REFUND'), 0), 0)::float8
    FROM (SELECT o.*, {rate_at("o.ordered_at", "o.currency")} AS rate FROM customers_order o
          WHERE (o.kind IN {BOUGHT} OR o.kind = 'REFUND') AND o.ordered_at < %(now)s) o
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Buyers:
    """Everybody who bought, in one order: who, since when, whether it has left, its history and mean purchase."""

    ids: tuple[UUID, ...]
    first_bought_at: tuple[datetime, ...]
    has_left: tuple[bool, ...]
    histories: Histories
    means: Floats


def buyers(now: datetime) -> Buyers:
    """Return everybody who bought before an instant, in the brand's currency; one SELECT.

    Whoever bought in a currency without a rate is left out.
    """
    found = read(_HISTORIES, _bound(now))
    ids, firsts, left, *numbers = zip(*found, strict=True) if found else ((), (), (), (), (), (), ())
    repeats, recency, age, means = (np.array(column, dtype=np.float64) for column in numbers)
    return Buyers(tuple(ids), tuple(firsts), tuple(left), Histories(repeats, recency, age), means)


def usual_gap(now: datetime) -> float | None:
    """Return the median of the days between two purchases, None where nobody bought twice; one SELECT."""
    ((gap,),) = read(_GAP, _bound(now))
    return None if gap is None else float(gap)


def refunded_share(now: datetime) -> float:
    """Return how much of what was bought was refunded, 0 to 1; one SELECT."""
    ((share,),) = read(_REFUNDED, _bound(now))
    return min(float(share), 1.0)


def _bound(now: datetime) -> dict[str, Any]:
    return {"now": now, "currency": current_brand().currency}
