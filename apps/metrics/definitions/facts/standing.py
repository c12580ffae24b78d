"""Customers over spans: who they were when a span began, and what had become of them by its end.

A state is what is known of before an instant: somebody who left at midnight is still there when that day begins.
"""

from apps.metrics.definitions.facts.fact import Dimension, Fact
from apps.metrics.definitions.vocabulary import DimensionKey as D

# The spans asked for, one a bucket.
SPANS = "unnest(%(since)s::timestamptz[], %(until)s::timestamptz[]) AS w (since, until)"
# What brings revenue, as opposed to what takes it away.
BOUGHT = "('PURCHASE', 'RENEWAL', 'EXPANSION')"
OF_CUSTOMER = "c.id, c.segment, c.country, c.language"
CUSTOMER_DIMENSIONS = tuple(Dimension(key, f"f.{key.value.lower()}") for key in (D.SEGMENT, D.COUNTRY, D.LANGUAGE))
_DAY = 86_400


def day_number(moment: str) -> str:
    """Return the number of a moment's day, of 24 hours of UTC, since 1970."""
    return f"floor(extract(epoch FROM {moment}) / {_DAY})::int"


# When a contract was at an end: from a cancellation to the next order, if there is one.
_ENDED = f"""(
    SELECT x.customer_id, w.since,
           bool_or(x.ended_at < w.since AND (x.again_at < w.since) IS NOT TRUE) AS before,
           bool_or(x.ended_at < w.until AND (x.again_at < w.until) IS NOT TRUE) AS by_end
    FROM {SPANS} CROSS JOIN (
        SELECT o.customer_id, o.kind, o.ordered_at AS ended_at,
               lead(o.ordered_at) OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.id) AS again_at
        FROM customers_order o
        WHERE o.kind <> 'REFUND'
          AND o.customer_id IN (SELECT s.customer_id FROM customers_order s WHERE s.kind = 'CANCELLATION')
    ) x
    WHERE x.kind = 'CANCELLATION' AND x.ended_at < w.until
    GROUP BY x.customer_id, w.since
)"""  # noqa: S608  # constants
_BEGAN = "coalesce(c.joined_at, (SELECT min(o.ordered_at) FROM customers_order o WHERE o.customer_id = c.id))"
_STATES = f"""
    SELECT {OF_CUSTOMER}, w.since, w.until, b.began_at,
           b.began_at < w.since AND (c.churned_at < w.since) IS NOT TRUE AND e.before IS NOT TRUE AS stood,
           (c.churned_at < w.until) IS TRUE OR coalesce(e.by_end, FALSE) AS gone{{columns}}
    FROM {SPANS} CROSS JOIN customers_customer c
    CROSS JOIN LATERAL (SELECT {_BEGAN} AS began_at) b
    LEFT JOIN {_ENDED} e ON e.customer_id = c.id AND e.since = w.since{{joins}}
    WHERE c.merged_into_id IS NULL
"""  # noqa: S608  # constants

# How often and when each had bought, before a span and by its end; several purchases of a day are one.
_PURCHASES = f"""(
    SELECT p.customer_id, w.since, min(p.day) AS first_day,
           count(*) FILTER (WHERE p.bought_at < w.since) - 1 AS repeats_before,
           max(p.day) FILTER (WHERE p.bought_at < w.since) AS last_before,
           count(*) - 1 AS repeats, max(p.day) AS last
    FROM {SPANS} JOIN (
        SELECT o.customer_id, {day_number("o.ordered_at")} AS day, min(o.ordered_at) AS bought_at
        FROM customers_order o WHERE o.kind IN {BOUGHT} GROUP BY 1, 2
    ) p ON p.bought_at < w.until
    GROUP BY p.customer_id, w.since
)"""  # noqa: S608  # constants


def _alive(repeats: str, last: str, at: str) -> str:
    """Return the chance that somebody is still a customer at an instant, by the brand's model of purchases."""
    age, recency = f"({day_number(at)} - p.first_day)", f"({last} - p.first_day)"
    longer = f"(%(bg_r)s::float8 + {repeats}) * ln((%(bg_alpha)s::float8 + {age}) / (%(bg_alpha)s::float8 + {recency}))"
    odds = f"%(bg_a)s::float8 / (%(bg_b)s::float8 + {repeats} - 1) * exp(least({longer}, 700))"
    return f"CASE WHEN {repeats} > 0 THEN 1 / (1 + {odds}) WHEN %(bg_r)s::float8 IS NOT NULL THEN 1 END"


_HABITS = f""",
           {day_number("w.since")} - p.last_before <= %(idle_days)s::float8 AS was_active,
           {day_number("w.until")} - p.last > %(idle_days)s::float8 AS fell_silent,
           {_alive("p.repeats_before", "p.last_before", "w.since")} AS p_alive_before,
           {_alive("p.repeats", "p.last", "w.until")} AS p_alive"""

STANDING = Fact(
    key="standing",
    description="Every customer in every span asked for: whether it was one when the span began, and whether it still"
    " was by its end.",
    topic="",
    table="customers_customer",
    moment="since",
    source=f"({_STATES.format(columns='', joins='')}) f",
    elaborate=f"""({
        _STATES.format(
            columns=_HABITS,
            joins=f'''
    LEFT JOIN {_PURCHASES} p ON p.customer_id = c.id AND p.since = w.since''',
        )
    }) f""",
    dimensions=CUSTOMER_DIMENSIONS,
    shapes=(),
    histogram_shapes=(),
    spanned=True,
)
