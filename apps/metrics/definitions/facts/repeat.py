"""Inbound contacts with their neighbours: the same customer's on the same reason, before and after."""

from datetime import timedelta

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.parts import Parameter
from apps.metrics.definitions.vocabulary import DimensionKey as D

WINDOW_DAYS = 7
WINDOW = Parameter(
    "window_days", WINDOW_DAYS, "days of 24 hours", "how near a contact on the same reason must be to count"
)

# Ties in time are broken by the natural key, which, unlike the id, does not depend on the order of arrival.
_CONTACTS = """(
    SELECT i.id, i.opened_at, i.channel, i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id, i.placed_id,
           i.customer_id, i.language, i.priority, i.handled_by,
           i.customer_id IS NOT NULL AND i.reason_id IS NOT NULL AS identified,
           lead(i.opened_at) OVER neighbours - i.opened_at <= interval '168 hours' AS repeated,
           i.opened_at + interval '168 hours' >= ANY(i.reopened_at) AS reopened,
           i.opened_at - lag(i.opened_at) OVER neighbours <= interval '168 hours' AS preceded
    FROM interactions_interaction i
    WHERE i.direction = 'INBOUND' AND NOT i.abandoned AND i.answered IS NOT FALSE
      AND i.opened_at >= %(near_start)s AND i.opened_at < %(near_end)s
    WINDOW neighbours AS (PARTITION BY i.customer_id, i.reason_id ORDER BY i.opened_at, i.source, i.external_id)
) f"""

REPEAT = Fact(
    key="repeat",
    description="Inbound contacts that were not abandoned, each with whether the same customer made"
    f" contact on the same reason within {WINDOW_DAYS} days before and after it, and whether it was opened"
    " again within as many.",
    topic="interaction",
    table="interactions_interaction",
    moment="opened_at",
    source=_CONTACTS,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,)),
    histogram_shapes=(),
    reach=timedelta(days=WINDOW_DAYS),
)
