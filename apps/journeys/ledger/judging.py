"""The ledger's SQL: what became of every promise that some evidence is about, in one statement.

One of the modules that may write SQL by hand: its text is constant, values are always bound.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from cxplatform.tenancy.doors import current_brand, sql

_COLUMNS: Final = (
    *("promise_id", "evidence_kind", "evidence_id", "customer_id", "touchpoint_id", "occurred_at", "outcome"),
    *("decided_by", "maker_id", "owner_id", "repaired_by_id", "repaired_at", "statement_id", "repair_id"),
)
_OUTCOMES: Final = "journeys_promiseoutcome"

# What may stand in the ledger otherwise than it should: the evidence of these spans, as it is and as it was, and some
# by id.
_TOUCHED: Final = f"""
    span AS (SELECT since, until FROM unnest(%(since)s::timestamptz[], %(until)s::timestamptz[]) AS s (since, until)),
    touched AS (
        SELECT e.id FROM span JOIN journeys_touchpointevent e ON e.occurred_at >= since AND e.occurred_at < until
        UNION SELECT o.evidence_id FROM span JOIN {_OUTCOMES} o ON o.occurred_at >= since AND o.occurred_at < until
        UNION SELECT s.evidence_id FROM span
            JOIN journeys_promisestatement s ON s.occurred_at >= since AND s.occurred_at < until
        UNION SELECT unnest(%(evidence)s::uuid[])
    )"""  # noqa: S608  # constants

# The last word on whether a promise was kept, and on who repaired it.
_SAID: Final = """
    said AS (
        SELECT DISTINCT ON (s.evidence_id, s.promise_id) s.*
        FROM touched t JOIN journeys_promisestatement s ON s.evidence_id = t.id WHERE s.outcome IS NOT NULL
        ORDER BY s.evidence_id, s.promise_id, s.recorded_at DESC, s.id DESC
    ),
    repaired AS (
        SELECT DISTINCT ON (s.evidence_id, s.promise_id) s.*
        FROM touched t JOIN journeys_promisestatement s ON s.evidence_id = t.id WHERE s.repaired_by_id IS NOT NULL
        ORDER BY s.evidence_id, s.promise_id, s.recorded_at DESC, s.id DESC
    )"""

# An event is about the promise it names; about its touchpoint's where it names none. Where people cite an event for
# another promise, or something else than an event, that is a matter of its own.
_MATTERS: Final = """
    placed AS (
        SELECT e.*, ts.placement_id, p.owner_id,
               CASE WHEN e.promise IS NULL THEN p.promise_id ELSE named.id END AS carried_id
        FROM touched t JOIN journeys_touchpointevent e ON e.id = t.id
        LEFT JOIN journeys_brandpromise named ON named.key = e.promise
        LEFT JOIN journeys_touchpointspan ts ON ts.touchpoint_id = e.touchpoint_id
            AND ts.since <= e.occurred_at AND (ts.until > e.occurred_at OR ts.until IS NULL)
        LEFT JOIN journeys_placement p ON p.id = ts.placement_id
    ),
    matter AS (
        SELECT e.carried_id AS promise_id, e.id AS evidence_id, 'TouchpointEvent' AS evidence_kind, e.customer_id,
               e.touchpoint_id, e.occurred_at, e.owner_id, e.promise_kept, e.duration_ms, e.outcome AS went
        FROM placed e WHERE e.carried_id IS NOT NULL
        UNION ALL
        SELECT s.promise_id, s.evidence_id, s.evidence_kind, coalesce(e.customer_id, s.customer_id),
               coalesce(e.touchpoint_id, s.touchpoint_id), coalesce(e.occurred_at, s.occurred_at),
               CASE WHEN e.id IS NULL THEN p.owner_id ELSE e.owner_id END, NULL, NULL, NULL
        FROM said s LEFT JOIN placed e ON e.id = s.evidence_id
        LEFT JOIN journeys_touchpointspan ts ON ts.touchpoint_id = s.touchpoint_id
            AND ts.since <= s.occurred_at AND (ts.until > s.occurred_at OR ts.until IS NULL)
        LEFT JOIN journeys_placement p ON p.id = ts.placement_id
        WHERE e.carried_id IS DISTINCT FROM s.promise_id
    )"""

# Whoever knows best has the word: the event itself, then the criterion, then people.
_JUDGED: Final = """
    measured AS (
        SELECT m.*, p.maker_id, CASE
            WHEN m.promise_kept IS NOT NULL THEN m.promise_kept
            WHEN p.criterion = 'WITHIN' AND m.went = 'FAILED' THEN FALSE
            WHEN p.criterion = 'WITHIN' THEN m.duration_ms <= p.within_ms
            WHEN p.criterion = 'SMOOTH' THEN m.went = 'SMOOTH'
        END AS kept
        FROM matter m JOIN journeys_brandpromise p ON p.id = m.promise_id
    ),
    wanted AS (
        SELECT m.promise_id, m.evidence_kind, m.evidence_id, m.customer_id, m.touchpoint_id, m.occurred_at,
               CASE WHEN m.kept THEN 'KEPT' WHEN NOT m.kept THEN 'BROKEN' ELSE coalesce(s.outcome, 'UNKNOWN') END
                   AS outcome,
               CASE WHEN m.promise_kept IS NOT NULL THEN 'EVENT' WHEN m.kept IS NOT NULL THEN 'CRITERION'
                    WHEN s.id IS NOT NULL THEN 'PERSON' ELSE 'NOBODY' END AS decided_by,
               m.maker_id, m.owner_id, r.repaired_by_id, r.repaired_at, s.id AS statement_id, r.id AS repair_id
        FROM measured m
        LEFT JOIN said s ON s.evidence_id = m.evidence_id AND s.promise_id = m.promise_id
        LEFT JOIN repaired r ON r.evidence_id = m.evidence_id AND r.promise_id = m.promise_id
    )"""

_NAMED: Final = ", ".join(_COLUMNS)
_KEPT_UP: Final = [name for name in _COLUMNS if name not in ("promise_id", "evidence_id")]
_JUDGE: Final = f"""
    WITH {_TOUCHED}, {_SAID}, {_MATTERS}, {_JUDGED},
    gone AS (
        DELETE FROM {_OUTCOMES} o USING touched t WHERE o.evidence_id = t.id AND NOT EXISTS (
            SELECT FROM wanted w WHERE w.evidence_id = o.evidence_id AND w.promise_id = o.promise_id)
        RETURNING o.occurred_at, o.promise_id, o.customer_id
    ),
    stored AS (
        INSERT INTO {_OUTCOMES} AS o (id, {_NAMED})
        SELECT md5(promise_id::text || evidence_id::text)::uuid, {_NAMED} FROM wanted
        ON CONFLICT (evidence_id, promise_id) DO UPDATE
            SET ({", ".join(_KEPT_UP)}) = ROW ({", ".join(f"excluded.{name}" for name in _KEPT_UP)})
            WHERE ({", ".join(f"o.{name}" for name in _KEPT_UP)})
                IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _KEPT_UP)})
        RETURNING o.occurred_at, o.promise_id, o.customer_id
    ),
    former AS (
        SELECT o.occurred_at, o.promise_id, o.customer_id
        FROM wanted w JOIN {_OUTCOMES} o ON o.evidence_id = w.evidence_id AND o.promise_id = w.promise_id
        WHERE (o.occurred_at, o.customer_id) <> (w.occurred_at, w.customer_id)
    ),
    changed AS (SELECT * FROM gone UNION SELECT * FROM stored UNION SELECT * FROM former)
    SELECT 'promise_outcome', (occurred_at AT TIME ZONE %(zone)s)::date FROM changed
    UNION
    SELECT 'handoff', (h.handed_at AT TIME ZONE %(zone)s)::date
    FROM changed c JOIN journeys_brandpromise p ON p.id = c.promise_id
    JOIN journeys_handoff h ON h.customer_id = c.customer_id AND h.promise = p.key
"""  # noqa: S608  # constants


def judge(spans: Sequence[tuple[datetime, datetime]], evidence: Collection[UUID] = ()) -> list[tuple[str, date]]:
    """Put the ledger right for what happened in half-open spans, and for single evidence.

    Returned are the days that changed, of outcomes and of hand-offs that go by them, each with its topic of marks.

    Nobody else may be at it: hold `lock_ledger`. What is the same stays as it is.
    """
    given: dict[str, Any] = {
        "since": [since for since, _ in spans],
        "until": [until for _, until in spans],
        "evidence": list(evidence),
        "zone": current_brand().zone.key,
    }
    with sql() as cursor:
        cursor.execute(_JUDGE, given)
        return [(topic, day) for topic, day in cursor.fetchall()]
