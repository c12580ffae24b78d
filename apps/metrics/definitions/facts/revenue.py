"""What customers' subscriptions bring in, and what they spend, when a span begins and by its end.

Recurring revenue follows from movements: a RENEWAL says what it is from then on, an EXPANSION adds to it, a CONTRACTION
takes from it, a CANCELLATION ends it; each in its currency. Purchases and refunds are no part of it. All of a span is
valued at the rates in force when it begins, so that no change of a rate counts as one of a customer.
"""

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.standing import BOUGHT, CUSTOMER_DIMENSIONS, OF_CUSTOMER, SPANS


def rate_at(moment: str, currency: str) -> str:
    """Return what one unit of a currency was worth in the brand's at a moment; NULL where no rate is known."""
    return f"""CASE WHEN {currency} = %(currency)s THEN 1 ELSE (
        SELECT x.rate FROM customers_exchangerate x WHERE x.currency = {currency} AND x.effective_from <= {moment}
        ORDER BY x.effective_from DESC LIMIT 1) END"""  # noqa: S608  # constants


# What a subscription brought in from each movement on, until the next.
_LEVELS = """(
    SELECT m.customer_id, m.currency, m.ordered_at AS moved_at,
           lead(m.ordered_at) OVER (PARTITION BY m.customer_id, m.currency ORDER BY m.ordered_at, m.id) AS next_at,
           greatest(0, sum(CASE m.kind WHEN 'CANCELLATION' THEN 0 WHEN 'CONTRACTION' THEN -m.amount ELSE m.amount END)
               OVER (PARTITION BY m.customer_id, m.currency, m.era ORDER BY m.ordered_at, m.id)) AS level
    FROM (SELECT o.*, count(*) FILTER (WHERE o.kind IN ('RENEWAL', 'CANCELLATION'))
                      OVER (PARTITION BY o.customer_id, o.currency ORDER BY o.ordered_at, o.id) AS era
          FROM customers_order o WHERE NOT o.kind IN ('PURCHASE', 'REFUND')) m
)"""
_RECURRING = f"""(
    SELECT l.customer_id, l.since, bool_or(l.stands_before AND l.rate IS NULL) AS unrated,
           sum(l.level * l.rate) FILTER (WHERE l.stands_before)::float8 AS before,
           sum(l.level * l.rate) FILTER (WHERE l.stands)::float8 AS by_end
    FROM (SELECT v.customer_id, v.level, w.since, {rate_at("w.since", "v.currency")} AS rate,
                 v.moved_at < w.since AND (v.next_at < w.since) IS NOT TRUE AS stands_before,
                 v.moved_at < w.until AND (v.next_at < w.until) IS NOT TRUE AS stands
          FROM {SPANS} JOIN {_LEVELS} v ON v.moved_at < w.until AND (v.next_at < w.since) IS NOT TRUE) l
    GROUP BY l.customer_id, l.since
)"""  # noqa: S608  # constants
# What was spent in a span, and in the one as long before it.
_SPENT = f"""(
    SELECT s.customer_id, s.since, bool_or(s.rate IS NULL) AS unrated,
           coalesce(sum(s.amount * s.rate) FILTER (WHERE s.ordered_at < s.since), 0)::float8 AS before,
           coalesce(sum(s.amount * s.rate) FILTER (WHERE s.ordered_at >= s.since), 0)::float8 AS within
    FROM (SELECT o.customer_id, w.since, o.ordered_at, {rate_at("w.since", "o.currency")} AS rate,
                 CASE WHEN o.kind IN {BOUGHT} THEN o.amount ELSE -o.amount END AS amount
          FROM {SPANS} JOIN customers_order o
            ON o.ordered_at >= w.since - (w.until - w.since) AND o.ordered_at < w.until
          WHERE o.kind IN {BOUGHT} OR o.kind = 'REFUND') s
    GROUP BY s.customer_id, s.since
)"""  # noqa: S608  # constants
_COLUMNS = """, r.unrated,
           CASE WHEN (c.churned_at < w.since) IS NOT TRUE THEN r.before END AS before,
           CASE WHEN (c.churned_at < w.until) IS NOT TRUE THEN coalesce(r.by_end, 0) ELSE 0 END AS by_end"""
_RECURRING_ROWS = f"""
    SELECT {OF_CUSTOMER}, w.since{_COLUMNS}
    FROM {SPANS} JOIN {_RECURRING} r ON r.since = w.since JOIN customers_customer c ON c.id = r.customer_id
"""  # noqa: S608  # constants
_SPENDING_ROWS = f"""
    SELECT {OF_CUSTOMER}, w.since, s.unrated AS spent_unrated, s.before AS spent_before, greatest(s.within, 0) AS spent
    FROM {SPANS} JOIN {_SPENT} s ON s.since = w.since JOIN customers_customer c ON c.id = s.customer_id
"""  # noqa: S608  # constants

REVENUE = Fact(
    key="revenue",
    description="Every customer with revenue in every span asked for: what it brought in when the span began, and what"
    " by its end, at the exchange rates of its beginning.",
    topic="",
    table="customers_customer",
    moment="since",
    source=f"({_RECURRING_ROWS}) f",
    elaborate=f"({_SPENDING_ROWS}) f",
    dimensions=CUSTOMER_DIMENSIONS,
    shapes=(),
    histogram_shapes=(),
    spanned=True,
)
