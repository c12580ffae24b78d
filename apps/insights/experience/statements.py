"""What is read of customers' service and experience, as SQL: constant but for dimensions, whose values are bound.

Bound: start, end and ripe_until (up to when first contacts can be judged), zone, near_start and near_end, and the
scales as arrays. `PLACED` has a row for every customer of whom both sides are known.
"""

from typing import Final

from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.metrics.definitions.facts.interaction import PLACED as PLACED_AT
from apps.metrics.definitions.facts.interaction import touchpoint_at
from apps.metrics.definitions.facts.repeat import REPEAT
from apps.metrics.definitions.neighbours import FIRST, FIRST_RESOLVED
from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT

_ANSWERS = f"""
    SELECT coalesce(r.customer_id, i.customer_id) AS customer_id, r.kind::text AS scale,
           coalesce(r.touchpoint_id, r.placed_id) AS touchpoint_id, r.answered_at AS at,
           (CASE r.kind WHEN 'CES_5' THEN -r.score ELSE r.score END)::float8 AS value
    FROM surveys_surveyresponse r
    LEFT JOIN interactions_interaction i ON i.source = r.source AND i.external_id = r.interaction_external_id
    WHERE r.kind <> 'FCR' AND {OF_USUAL_SCOPE} AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
"""  # noqa: S608  # constants
# A call is replied to by being answered.
_REPLIES = f"""
    SELECT f.customer_id, 'FRT:' || f.channel, {PLACED_AT}, f.opened_at, -ln(1 + f.seconds)
    FROM (SELECT f.*, coalesce(extract(epoch FROM ({FIRST_HUMAN_RESPONSE_AT}) - f.opened_at)::float8,
                               CASE WHEN f.answered AND f.handled_by = 'HUMAN' THEN f.wait_seconds END) AS seconds
          FROM interactions_interaction f
          WHERE f.direction = 'INBOUND' AND f.opened_at >= %(start)s AND f.opened_at < %(end)s) f
    WHERE f.seconds >= 0
"""  # noqa: S608  # constants
_RESOLUTIONS = f"""
    SELECT f.customer_id, 'FCR', {PLACED_AT}, f.opened_at, ({FIRST_RESOLVED.where})::int::float8
    FROM {REPEAT.source}
    WHERE {FIRST.where} AND f.opened_at >= %(start)s AND f.opened_at < %(ripe_until)s
"""  # noqa: S608  # constants
EVENTS: Final = f"""
    SELECT f.customer_id, x.scale, f.touchpoint_id, f.occurred_at, x.value::float8
    FROM journeys_touchpointevent f {touchpoint_at("occurred_at", "f.touchpoint_id")}
    LEFT JOIN journeys_placement p ON p.id = ts.placement_id
    CROSS JOIN LATERAL (VALUES
        ('OUTCOME', CASE f.outcome WHEN 'SMOOTH' THEN 1 WHEN 'FRICTION' THEN 0 WHEN 'FAILED' THEN -1 END),
        ('SLO', (f.duration_ms <= p.slo_ms)::int),
        ('PROMISE', f.promise_kept::int)) x (scale, value)
    WHERE x.value IS NOT NULL AND f.occurred_at >= %(start)s AND f.occurred_at < %(end)s
"""  # noqa: S608  # constants
_BARS: Final = """unnest(%(scales)s::text[], %(signals)s::text[], %(of_service)s::bool[], %(bars)s::float8[],
        %(spreads)s::float8[]) AS b (scale, signal, of_service, bar, least_spread)"""

# What somebody went through at one touchpoint on one day is one item: three tries to pay are one bad evening.
ITEMS: Final = f"""
    raw AS ({_ANSWERS} UNION ALL {_REPLIES} UNION ALL {_RESOLUTIONS} UNION ALL {EVENTS}),
    items AS (
        SELECT r.customer_id, r.scale, r.touchpoint_id, (r.at AT TIME ZONE %(zone)s)::date AS day, max(r.at) AS at,
               avg(r.value) AS value, count(*) FILTER (WHERE r.value < b.bar) AS bad,
               count(*) FILTER (WHERE r.scale = 'OUTCOME' AND r.value < 0) AS failed
        FROM raw r JOIN {_BARS} ON b.scale = split_part(r.scale, ':', 1)
        WHERE r.customer_id IS NOT NULL GROUP BY 1, 2, 3, 4),
    spread AS (SELECT scale, avg(value) AS mean, stddev_pop(value) AS spread FROM items GROUP BY scale),
    scored AS (
        SELECT i.*, b.signal, b.of_service, greatest(-%(farthest)s::float8, least(%(farthest)s::float8,
               (i.value - coalesce(b.bar, s.mean)) / greatest(s.spread, b.least_spread))) AS z
        FROM items i JOIN spread s USING (scale) JOIN {_BARS} ON b.scale = split_part(i.scale, ':', 1))
"""  # noqa: S608  # constants
PLACED: Final = f"""{ITEMS},
    signals AS (SELECT customer_id, of_service, signal, count(*) AS items, avg(z) AS z
                FROM scored GROUP BY customer_id, of_service, signal),
    sides AS (
        SELECT customer_id, avg(z) FILTER (WHERE of_service) AS service,
               sqrt(sum(1.0 / items) FILTER (WHERE of_service))::float8 / count(*) FILTER (WHERE of_service)
                   AS service_error,
               avg(z) FILTER (WHERE NOT of_service) AS experience,
               sqrt(sum(1.0 / items) FILTER (WHERE NOT of_service))::float8 / count(*) FILTER (WHERE NOT of_service)
                   AS experience_error
        FROM signals GROUP BY customer_id HAVING bool_or(of_service) AND bool_or(NOT of_service)),
    placed AS (
        SELECT s.*, c.segment, c.country, c.language,
               CASE WHEN least(abs(s.service), abs(s.experience)) < %(margin)s THEN 'UNCLEAR'
                    WHEN s.service > 0 AND s.experience > 0 THEN 'BOTH_GOOD'
                    WHEN s.service > 0 THEN 'BLIND_SPOT'
                    WHEN s.experience > 0 THEN 'SERVICE_DRAG' ELSE 'BOTH_BAD' END AS quadrant,
               least(abs(s.service) / s.service_error, abs(s.experience) / s.experience_error) AS sureness
        FROM sides s JOIN customers_customer c ON c.id = s.customer_id)
"""  # noqa: S608  # constants

# What pulls the experience of some customers down, by touchpoint; all counts are of what happened, not of items.
_PULLING = """
    SELECT {customer}s.touchpoint_id, t.key, coalesce(nullif(t.name, ''), t.key) AS name,
           count(DISTINCT s.customer_id) AS customers, -sum(least(s.z, 0)) AS pull,
           sum(s.failed) AS failed, sum(s.bad - s.failed) FILTER (WHERE s.signal = 'OUTCOME') AS friction,
           sum(s.bad) FILTER (WHERE s.signal = 'SERVICE_LEVEL') AS slow,
           sum(s.bad) FILTER (WHERE s.signal = 'PROMISE') AS broken,
           sum(s.bad) FILTER (WHERE s.signal = 'EFFORT') AS hard,
           sum(s.bad) FILTER (WHERE s.signal = 'NPS') AS unhappy
    FROM scored s JOIN journeys_touchpoint t ON t.id = s.touchpoint_id
    WHERE NOT s.of_service AND s.customer_id IN (SELECT customer_id FROM {of})
    GROUP BY {customer}s.touchpoint_id, t.key, t.name
    HAVING sum(s.bad) > 0
"""
# How many stand in which quadrant, and what pulls those down who are in a blind spot beyond chance: both hang on where
# everybody stands, and that is by far the most work.
SUMMARY: Final = f"""
    WITH {PLACED},
    counts AS (SELECT p.quadrant, count(*) AS customers, count(*) FILTER (WHERE p.sureness >= %(sure)s) AS sure
               FROM placed p WHERE {{conditions}} GROUP BY p.quadrant),
    found AS (SELECT p.customer_id FROM placed p
              WHERE p.quadrant = 'BLIND_SPOT' AND p.sureness >= %(sure)s AND {{conditions}}),
    pulling AS ({_PULLING.format(customer="", of="found")} ORDER BY pull DESC, t.key LIMIT %(limit)s)
    SELECT (SELECT jsonb_agg(jsonb_build_array(c.quadrant, c.customers, c.sure)) FROM counts c),
           (SELECT jsonb_agg(to_jsonb(x) ORDER BY x.pull DESC, x.key) FROM pulling x)
"""  # noqa: S608  # constants
# A page of customers, the surest first; with what each side rests on, and what pulls the experience down.
PAGE: Final = f"""
    WITH {PLACED},
    ranked AS (SELECT p.*, round(p.sureness * 1e6)::bigint AS rank FROM placed p
               WHERE p.quadrant = %(quadrant)s AND p.sureness >= %(sure)s AND {{conditions}}),
    page AS (SELECT * FROM ranked p WHERE {{beyond}} ORDER BY p.rank DESC, p.customer_id DESC LIMIT %(limit)s)
    SELECT p.customer_id, p.rank,
           (SELECT jsonb_agg(jsonb_build_array(g.signal, g.items, g.z) ORDER BY g.of_service DESC, g.signal)
            FROM signals g WHERE g.customer_id = p.customer_id),
           o.offenders
    FROM page p LEFT JOIN (
        SELECT x.customer_id, jsonb_agg(to_jsonb(x) ORDER BY x.pull DESC, x.key) AS offenders
        FROM ({_PULLING.format(customer="s.customer_id, ", of="page")}) x GROUP BY x.customer_id
    ) o USING (customer_id)
    ORDER BY p.rank DESC, p.customer_id DESC
"""  # noqa: S608  # constants
COUNT_ALL: Final = f"""
    WITH {PLACED} SELECT count(*) FROM placed p
    WHERE p.quadrant = %(quadrant)s AND p.sureness >= %(sure)s AND {{conditions}}
"""  # noqa: S608  # constants
