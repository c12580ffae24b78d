"""What customers spend after a bad interaction, against others like them. Runs in the brand's door."""

from datetime import timedelta
from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.matching import Matched, Side, Stratum, matched
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.metrics.definitions.facts.revenue import rate_at
from apps.metrics.definitions.facts.standing import BOUGHT
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand, read

AFTER_DAYS = 90
_MOST_DAYS = 366

# A customer counts once: by its first bad answer of a kind in the window, or its first of all. Alike are those who
# answered the same question in the same month, of the same segment, who in as many days before had spent nothing, or
# belong to the same quarter of all who had.
_STRATA: Final = f"""
    WITH answers AS (
        SELECT DISTINCT ON (r.kind, coalesce(r.customer_id, i.customer_id))
               r.kind, coalesce(r.customer_id, i.customer_id) AS customer_id, r.answered_at,
               CASE r.kind WHEN 'CSAT' THEN r.score < %(satisfied)s ELSE r.score <= 6 END AS bad
        FROM surveys_surveyresponse r
        LEFT JOIN interactions_interaction i ON i.source = r.source AND i.external_id = r.interaction_external_id
        WHERE r.kind IN ('CSAT', 'NPS') AND r.answered_at >= %(start)s AND r.answered_at < %(until)s
          AND coalesce(r.customer_id, i.customer_id) IS NOT NULL AND {OF_USUAL_SCOPE}
        ORDER BY r.kind, coalesce(r.customer_id, i.customer_id),
                 CASE r.kind WHEN 'CSAT' THEN r.score < %(satisfied)s ELSE r.score <= 6 END DESC, r.answered_at, r.id),
    spent AS (
        SELECT a.kind, a.customer_id, a.bad, a.answered_at, c.segment,
               coalesce(sum(o.amount) FILTER (WHERE o.ordered_at < a.answered_at), 0)::float8 AS before,
               coalesce(sum(o.amount) FILTER (WHERE o.ordered_at >= a.answered_at), 0)::float8 AS after
        FROM answers a JOIN customers_customer c ON c.id = a.customer_id
        LEFT JOIN LATERAL (
            SELECT o.ordered_at, ({rate_at("o.ordered_at", "o.currency")})
                       * CASE WHEN o.kind IN {BOUGHT} THEN o.amount ELSE -o.amount END AS amount
            FROM customers_order o
            WHERE o.customer_id = a.customer_id AND (o.kind IN {BOUGHT} OR o.kind = 'REFUND')
              AND o.ordered_at >= a.answered_at - %(days)s AND o.ordered_at < a.answered_at + %(days)s) o ON TRUE
        WHERE {{conditions}} GROUP BY 1, 2, 3, 4, 5),
    ranked AS (
        SELECT s.*, CASE WHEN s.before > 0 THEN ntile(4) OVER (
                   PARTITION BY s.kind, s.before > 0 ORDER BY s.before, s.customer_id) ELSE 0 END AS spending
        FROM spent s)
    SELECT count(*) FILTER (WHERE r.bad), coalesce(sum(r.after) FILTER (WHERE r.bad), 0),
           coalesce(sum(r.after * r.after) FILTER (WHERE r.bad), 0),
           count(*) FILTER (WHERE NOT r.bad), coalesce(sum(r.after) FILTER (WHERE NOT r.bad), 0),
           coalesce(sum(r.after * r.after) FILTER (WHERE NOT r.bad), 0)
    FROM ranked r WHERE r.kind = %(kind)s
    GROUP BY date_trunc('month', r.answered_at AT TIME ZONE %(zone)s), r.segment, r.spending
"""  # noqa: S608  # constants


def cost_of_bad_moments(asked: Asked, kind: str, after_days: int = AFTER_DAYS) -> Matched:
    """Return how much more customers spend after a bad answer than others like them: a loss is below 0. One SELECT.

    Only answers count after which all these days have passed. Raises: BadInput, naming the field.
    """
    if not 1 <= after_days <= _MOST_DAYS:
        raise BadInput(f"afterDays is between 1 and {_MOST_DAYS}.", field="afterDays")
    days = timedelta(days=after_days)
    values = {
        **asked.parameters,
        "kind": kind,
        "days": days,
        "until": min(asked.window.end, asked.now - days),
        "satisfied": asked.bars.csat,
        "currency": current_brand().currency,
    }
    lines = read(_STRATA.format(conditions=asked.conditions("c")), values)
    return matched([Stratum(Side(*line[:3]), Side(*line[3:])) for line in lines])
