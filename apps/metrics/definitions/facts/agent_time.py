"""What agents did, in pieces of a quarter of an hour at most, so that every bucket holds its own part of a stretch."""

from apps.metrics.definitions.facts.fact import Dimension, Fact
from apps.metrics.definitions.facts.interaction import AGENTS, TEAMS
from apps.metrics.definitions.vocabulary import DimensionKey as D

# Every zone's hours begin at a quarter of an hour of UTC. What goes on has no length yet.
_PIECES = """(
    SELECT s.id, s.agent_id, s.state, greatest(q.quarter, s.from_at) AS from_at,
           extract(epoch FROM least(q.quarter + interval '15 minutes', s.to_at)
                              - greatest(q.quarter, s.from_at))::float8 AS seconds
    FROM interactions_agentstate s
    CROSS JOIN LATERAL generate_series(
        date_bin('15 minutes', greatest(s.from_at, %(near_start)s), '2000-01-01T00:00Z'),
        least(s.to_at, %(near_end)s) - interval '1 microsecond',
        interval '15 minutes'
    ) AS q (quarter)
    WHERE s.to_at > %(near_start)s AND s.from_at < %(near_end)s
) f"""

AGENT_TIME = Fact(
    key="agent_time",
    description="Every stretch of an agent's time in one state, once it has ended, cut at quarters of an hour.",
    topic="agent_state",
    table="interactions_agentstate",
    moment="from_at",
    source=_PIECES,
    dimensions=(
        Dimension(D.AGENT, "f.agent_id", AGENTS),
        Dimension(D.TEAM, "a.team_id", TEAMS, join="agent"),
    ),
    joins={"agent": "LEFT JOIN interactions_agent a ON a.id = f.agent_id"},
    shapes=((), (D.AGENT,)),
    histogram_shapes=(),
    later=("max(to_at)",),
)
