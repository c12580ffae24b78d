"""What became of those who entered the stages of a journey: one statement, whatever there is of them.

One of the modules that may write SQL by hand: its text is constant, values are always bound.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.metrics.statistics.bins import LOG_WIDTH, SMALLEST, ZERO_BIN
from apps.metrics.windows import Window
from cxplatform.tenancy.doors import read

# Of each customer and stage the first visit begun in the window; `furthest` is the latest stage entered after it.
_ENTRIES: Final = f"""
    WITH visits AS (
        SELECT v.customer_id, v.number, v.entered_at, v.left_at, s.position,
               max(s.position) OVER (PARTITION BY v.customer_id ORDER BY v.number
                                     ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS furthest
        FROM journeys_stagevisit v
        LEFT JOIN unnest(%(keys)s::text[]) WITH ORDINALITY AS s (key, position) ON s.key = v.stage_key
        WHERE v.journey_id = %(journey)s AND v.entered_at >= %(start)s AND v.entered_at < %(now)s
          AND (%(segments)s::text[] IS NULL
               OR v.customer_id IN (SELECT id FROM customers_customer WHERE segment = ANY(%(segments)s)))
    ), entries AS (
        SELECT DISTINCT ON (customer_id, position) position, furthest,
               least(left_at, %(now)s) - entered_at AS stayed, coalesce(left_at > %(now)s, TRUE) AS is_in
        FROM visits WHERE position IS NOT NULL AND entered_at < %(end)s
        ORDER BY customer_id, position, number
    ), timed AS (
        SELECT position, coalesce(furthest > position, FALSE) AS went_on, is_in,
               coalesce(extract(epoch FROM stayed)::float8, 0) AS seconds
        FROM entries
    )
    SELECT position::int, went_on, is_in,
           CASE WHEN seconds < {SMALLEST} THEN {ZERO_BIN} ELSE floor(ln(seconds) / {LOG_WIDTH})::int END,
           count(*)::int
    FROM timed GROUP BY 1, 2, 3, 4"""  # noqa: S608  # constants


@dataclass(slots=True)
class Entered:
    """Customers who entered a stage: in all, gone on to a later one, still in it; and how long they stayed, by bin."""

    customers: int = 0
    went_on: int = 0
    still_in: int = 0
    stays: dict[int, tuple[int, int]] = field(default_factory=dict)


def entered(
    journey: UUID, keys: Sequence[str], window: Window, *, segments: Sequence[str] | None, now: datetime
) -> list[Entered]:
    """Return those who entered each of these stages in the window, as is known now; in the order of the keys."""
    bound = {
        "journey": journey,
        "keys": list(keys),
        "start": window.start,
        "end": window.end,
        "segments": None if segments is None else list(segments),
        "now": now,
    }
    found: dict[int, Entered] = defaultdict(Entered)
    for position, went_on, is_in, number, count in read(_ENTRIES, bound):
        each = found[position]
        each.customers += count
        each.went_on += count if went_on else 0
        each.still_in += count if is_in else 0
        ended, going_on = each.stays.get(number, (0, 0))
        each.stays[number] = (ended, going_on + count) if is_in else (ended + count, going_on)
    return [found[position] for position in range(1, len(keys) + 1)]
