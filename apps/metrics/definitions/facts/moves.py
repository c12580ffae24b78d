"""Every opening, reopening and closing of an interaction, each at its own moment.

What a row does not tell is settled by rules that keep the stock from ever counting an interaction twice:

- What is resolved or closed stops being open at the first of the two. A resolution that its source takes back
  (`resolved` is false) does not count as one, but for those that an opening again came after.
- Opened again without a word of having been closed before, it closes at that very moment: as far as anybody
  knows it was open all along.
- What ends by itself (a conversation on the phone, in person or without anybody's help, whatever was abandoned),
  and what is said to be resolved without a word of when, closes at the moment it was opened, or opened again.
- An opening again at the very moment of a closing, or before the first opening, is none.
"""

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.vocabulary import DimensionKey as D

_COLUMNS = """i.id, i.opened_at, i.channel, i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id,
           i.placed_id, i.customer_id, i.language, i.priority, i.handled_by"""
_ENDS_BY_ITSELF = (
    "(i.abandoned OR i.resolved IS TRUE OR"
    " i.channel IN ('PHONE', 'IN_PERSON', 'SELF_SERVICE') AND i.resolved IS NOT FALSE)"
)
_RESOLVED = "CASE WHEN i.resolved IS NOT FALSE THEN i.resolved_at END"
# One that was never opened again.
_CLOSED = f"coalesce(least({_RESOLVED}, i.closed_at), CASE WHEN {_ENDS_BY_ITSELF} THEN i.opened_at END)"
_IS_REOPENED = "i.reopened_at > '{}'"
_NEVER_REOPENED = "(i.reopened_at > '{}') IS NOT TRUE"
# One that was: how long it was open each time, from `since` to `until`, which is NULL for the last time if it still is.
_TIMES_OPEN = f"""(
    SELECT t.since, coalesce(
        least(
            CASE WHEN i.first_resolved_at >= t.since AND (i.first_resolved_at < t.again OR t.again IS NULL
                 AND i.resolved IS NOT FALSE) THEN i.first_resolved_at END,
            CASE WHEN i.resolved_at >= t.since AND (i.resolved_at < t.again OR t.again IS NULL
                 AND i.resolved IS NOT FALSE) THEN i.resolved_at END,
            CASE WHEN i.closed_at >= t.since AND (i.closed_at < t.again OR t.again IS NULL) THEN i.closed_at END
        ),
        CASE WHEN {_ENDS_BY_ITSELF} THEN t.since END,
        t.again
    ) AS until
    FROM (
        SELECT s.since, lead(s.since) OVER (ORDER BY s.since) AS again
        FROM (SELECT i.opened_at AS since UNION SELECT r FROM unnest(i.reopened_at) r
              WHERE r > i.opened_at AND r IS DISTINCT FROM i.first_resolved_at
                AND r IS DISTINCT FROM i.resolved_at AND r IS DISTINCT FROM i.closed_at) s
    ) t
)"""  # noqa: S608  # constants
_WITHIN = "{column} >= %(near_start)s AND {column} < %(near_end)s"
# Of those opened again, only these can have moved within a span. Asked first, so that a day looks at the few that were
# alive on it and does not take apart the times of all there ever were.
_ALIVE = """i.opened_at < %(near_end)s AND (i.opened_at >= %(near_start)s OR i.first_resolved_at >= %(near_start)s
          OR i.resolved_at >= %(near_start)s OR i.closed_at >= %(near_start)s
          OR %(near_start)s <= ANY (i.reopened_at))"""


def _move(moment: str, *, opened: bool = False, reopened: bool = False, closed: bool = False) -> str:
    flags = (f"{flag} AS {name}" for name, flag in (("opened", opened), ("reopened", reopened), ("closed", closed)))
    return f"SELECT {_COLUMNS}, {moment} AS moved_at, {', '.join(flags)} FROM interactions_interaction i"  # noqa: S608  # constants


_MOVES = f"""(
    {_move("i.opened_at", opened=True)}
    UNION ALL
    {_move(_CLOSED, closed=True)}
    WHERE {_NEVER_REOPENED} AND (({_WITHIN.format(column="i.opened_at")}) OR ({_WITHIN.format(column="i.resolved_at")})
          OR ({_WITHIN.format(column="i.closed_at")}))
    UNION ALL
    {_move("m.until", closed=True)} CROSS JOIN LATERAL {_TIMES_OPEN} m
    WHERE {_IS_REOPENED} AND {_ALIVE}
    UNION ALL
    {_move("m.since", reopened=True)} CROSS JOIN LATERAL {_TIMES_OPEN} m
    WHERE {_IS_REOPENED} AND {_ALIVE} AND m.since > i.opened_at
) f"""

# What is open at the end, each by the moment it was first opened.
_OPEN = f"""(
    SELECT {_COLUMNS}, TRUE AS opened, FALSE AS reopened, FALSE AS closed
    FROM interactions_interaction i
    WHERE {_NEVER_REOPENED} AND ({_CLOSED} < %(standing_at)s) IS NOT TRUE
       OR {_IS_REOPENED} AND EXISTS (
           SELECT FROM {_TIMES_OPEN} m WHERE m.since < %(standing_at)s AND (m.until < %(standing_at)s) IS NOT TRUE)
) f"""  # noqa: S608  # constants

TOPIC = "interaction_moves"
# Where moments may lie that are later than every opening.
LATER = ("max(resolved_at)", "max(closed_at)", "(SELECT max(r) FROM interactions_interaction, unnest(reopened_at) r)")

MOVES = Fact(
    key="moves",
    description="Every time an interaction was opened, opened again or closed, at that moment. What was opened again"
    " without a word of when it had been closed counts as closed at that very moment. What ends by itself (on the"
    " phone, in person, without anybody's help, by being abandoned) and what is resolved without a word of when closes"
    " at the moment it opens, unless its source says that it is not resolved.",
    topic=TOPIC,
    table="interactions_interaction",
    moment="moved_at",
    source=_MOVES,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,), (D.PRIORITY,)),
    histogram_shapes=(),
    known_by="opened_at",
    later=LATER,
    standing=_OPEN,
)
