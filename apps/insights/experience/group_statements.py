"""What is read to judge groups of customers, as SQL. A line is a group's key and label, then eight counts.

Served well and of how many, faring well and of how many; then, of those of whom both are known: both, the service
alone, the experience alone, neither.
"""

from typing import Final

from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.insights.experience.statements import ITEMS

_COUNTS = """count(*) FILTER (WHERE p.served), count(p.served), count(*) FILTER (WHERE p.fared), count(p.fared),
    count(*) FILTER (WHERE p.served AND p.fared), count(*) FILTER (WHERE p.served AND NOT p.fared),
    count(*) FILTER (WHERE NOT p.served AND p.fared), count(*) FILTER (WHERE NOT p.served AND NOT p.fared)"""

_ANSWERS = f"""
    SELECT coalesce(r.customer_id, i.customer_id) AS customer_id, r.kind, r.score, r.answered_at, r.id,
           coalesce(r.touchpoint_id, r.placed_id) AS touchpoint_id
    FROM surveys_surveyresponse r
    LEFT JOIN interactions_interaction i ON i.source = r.source AND i.external_id = r.interaction_external_id
    WHERE r.kind IN ('CSAT', 'NPS') AND {OF_USUAL_SCOPE}
      AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
"""  # noqa: S608  # constants
OF_CUSTOMERS: Final = f"""
    SELECT {{group}} AS name, {{group}} AS label, {_COUNTS}
    FROM (SELECT a.customer_id, bool_or(a.score >= %(satisfied)s) FILTER (WHERE a.kind = 'CSAT') AS served,
                 bool_or(a.score >= %(positive)s) FILTER (WHERE a.kind = 'NPS') AS fared
          FROM (SELECT DISTINCT ON (a.customer_id, a.kind) a.* FROM ({_ANSWERS}) a WHERE a.customer_id IS NOT NULL
                ORDER BY a.customer_id, a.kind, a.answered_at DESC, a.id DESC) a
          GROUP BY a.customer_id) p
    JOIN customers_customer c ON c.id = p.customer_id
    WHERE {{conditions}} GROUP BY 1, 2 ORDER BY count(*) DESC, 1 LIMIT %(limit)s
"""  # noqa: S608  # constants
# At a touchpoint the service is what is said of contacts about it, and the experience what happened there and how
# that was found: somebody fares well where more of it was good than not.
BY_TOUCHPOINT: Final = f"""
    WITH {ITEMS},
    said AS (SELECT DISTINCT ON (a.customer_id, a.touchpoint_id) a.customer_id, a.touchpoint_id,
                    a.score >= %(satisfied)s AS served
             FROM ({_ANSWERS}) a
             WHERE a.kind = 'CSAT' AND a.customer_id IS NOT NULL AND a.touchpoint_id IS NOT NULL
             ORDER BY a.customer_id, a.touchpoint_id, a.answered_at DESC, a.id DESC),
    went AS (SELECT s.customer_id, s.touchpoint_id, avg((s.z > 0)::int) > 0.5 AS fared
             FROM scored s WHERE NOT s.of_service AND s.touchpoint_id IS NOT NULL GROUP BY 1, 2)
    SELECT t.key, coalesce(nullif(t.name, ''), t.key), {_COUNTS}
    FROM (SELECT * FROM said FULL JOIN went USING (customer_id, touchpoint_id)) p
    JOIN customers_customer c ON c.id = p.customer_id JOIN journeys_touchpoint t ON t.id = p.touchpoint_id
    WHERE {{conditions}} GROUP BY t.id, t.key, t.name ORDER BY count(*) DESC, 1 LIMIT %(limit)s
"""  # noqa: S608  # constants
