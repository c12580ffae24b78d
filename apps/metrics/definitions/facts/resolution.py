"""Interactions at the moment they were first resolved, once there was time to open them again."""

from datetime import timedelta

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.facts.moves import LATER, TOPIC
from apps.metrics.definitions.resolutions import DAYS, WITHIN
from apps.metrics.definitions.vocabulary import DimensionKey as D

_COLUMNS = """i.id, i.opened_at, i.channel, i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id,
           i.placed_id, i.customer_id, i.language, i.priority, i.handled_by"""
# The earliest of the three moments is within the span; asked of the columns, so that few arrays are taken apart.
_WITHIN_SPAN = """(i.resolved_at < %(near_start)s) IS NOT TRUE AND (i.first_resolved_at < %(near_start)s) IS NOT TRUE
        AND (%(near_start)s > ANY (i.reopened_at)) IS NOT TRUE
        AND (i.resolved_at < %(near_end)s OR i.first_resolved_at < %(near_end)s
             OR %(near_end)s > ANY (i.reopened_at))"""
# One that was opened again is known to have been resolved by then at the latest.
_RESOLUTIONS = f"""(
    SELECT {_COLUMNS}, coalesce(i.resolved_at, i.opened_at) AS first_resolved_at, FALSE AS reopened,
           FALSE AS reopened_in_time
    FROM interactions_interaction i
    WHERE (i.reopened_at > '{{}}') IS NOT TRUE AND (
        i.resolved_at >= %(near_start)s AND i.resolved_at < %(near_end)s
        OR i.resolved IS TRUE AND i.resolved_at IS NULL
           AND i.opened_at >= %(near_start)s AND i.opened_at < %(near_end)s)
    UNION ALL
    SELECT {_COLUMNS}, least(r.first, i.resolved_at, i.first_resolved_at), TRUE,
           CASE WHEN i.first_resolved_at IS NOT NULL THEN r.first <= i.first_resolved_at + {WITHIN}
                WHEN i.resolved_at < r.first THEN r.first <= i.resolved_at + {WITHIN}
                WHEN r.first <= i.opened_at + {WITHIN} THEN TRUE END
    FROM interactions_interaction i CROSS JOIN LATERAL (SELECT min(r) AS first FROM unnest(i.reopened_at) r) r
    WHERE i.reopened_at > '{{}}' AND {_WITHIN_SPAN}
) f"""  # noqa: S608  # constants

RESOLUTION = Fact(
    key="resolution",
    description="Every interaction that was ever resolved, at the first moment by which it is known to have been, once"
    f" {DAYS} days have passed since that day. It was by the moment it was opened again; one that is resolved without a"
    " word of when, by the moment it was opened.",
    topic=TOPIC,
    table="interactions_interaction",
    moment="first_resolved_at",
    source=_RESOLUTIONS,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,)),
    histogram_shapes=(),
    ripens=timedelta(days=DAYS),
    known_by="opened_at",
    later=LATER,
)
