"""Hand-offs from department to department, counted at the moment something was handed on."""

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.interaction import CUSTOMER
from apps.metrics.definitions.facts.promise import PROMISES
from apps.metrics.definitions.vocabulary import DimensionKey as D

# How long accepting may take where a hand-off does not say, and how long after it an outcome of its promise counts.
ACCEPT_SECONDS = 86_400
PROMISE_DAYS = 90
_DEPARTMENTS = Names("journeys_department", label="name")

# Four answers: true, false, or null where nobody knows. What was not accepted is known to be late once it is due.
_SOURCE = f"""(
    SELECT h.id, h.handed_at, h.customer_id, h.from_department_id, h.to_department_id, p.id AS promise_id,
           CASE WHEN h.accepted_at IS NOT NULL THEN h.accepted_at <= d.due_at WHEN d.due_at < now() THEN FALSE END
               AS in_time,
           h.context_passed AS with_context, NOT h.question_repeated AS asked_once,
           coalesce(h.promise_kept, o.outcome = 'KEPT') AS kept, h.promise
    FROM journeys_handoff h
    CROSS JOIN LATERAL (
        SELECT h.handed_at + coalesce(h.accept_within_seconds, {ACCEPT_SECONDS}) * interval '1 second' AS due_at
    ) d
    LEFT JOIN journeys_brandpromise p ON p.key = h.promise
    LEFT JOIN LATERAL (
        SELECT r.outcome FROM journeys_promiseoutcome r
        WHERE r.customer_id = h.customer_id AND r.promise_id = p.id AND r.outcome <> 'UNKNOWN'
          AND r.occurred_at >= h.handed_at AND r.occurred_at < h.handed_at + interval '{PROMISE_DAYS} days'
        ORDER BY r.occurred_at, r.id LIMIT 1
    ) o ON TRUE
) f"""  # noqa: S608  # constants

HANDOFF = Fact(
    key="handoff",
    description="Every hand-off, at the moment one department handed a matter to another.",
    topic="handoff",
    table="journeys_handoff",
    moment="handed_at",
    source=_SOURCE,
    dimensions=(
        Dimension(D.FROM_DEPARTMENT, "f.from_department_id", _DEPARTMENTS),
        Dimension(D.TO_DEPARTMENT, "f.to_department_id", _DEPARTMENTS),
        Dimension(D.PROMISE, "f.promise_id", PROMISES),
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
        Dimension(D.LANGUAGE, "c.language", join="customer"),
    ),
    joins={"customer": CUSTOMER},
    shapes=((), (D.FROM_DEPARTMENT,), (D.TO_DEPARTMENT,), (D.FROM_DEPARTMENT, D.TO_DEPARTMENT)),
    histogram_shapes=(),
)
