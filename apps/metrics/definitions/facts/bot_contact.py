"""Inbound contacts that began with a bot, each with whether the customer came to a person within a day."""

from datetime import timedelta

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.vocabulary import DimensionKey as D

# How soon a person must not have been needed, in hours.
HOURS = 24
DAY = f"interval '{HOURS} hours'"

_BOTS = f"""(
    SELECT i.id, i.opened_at, i.channel, i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id, i.placed_id,
           i.customer_id, i.language, i.priority, i.handled_by,
           i.bot_handed_off_at <= i.opened_at + {DAY} OR i.first_human_response_at <= i.opened_at + {DAY} AS handed_on,
           EXISTS (SELECT FROM interactions_interaction p
                   WHERE p.customer_id = i.customer_id AND p.id <> i.id AND p.direction = 'INBOUND'
                     AND p.handled_by = 'HUMAN' AND p.opened_at >= i.opened_at
                     AND p.opened_at <= i.opened_at + {DAY}) AS person_needed
    FROM interactions_interaction i
    WHERE i.direction = 'INBOUND' AND (i.handled_by = 'BOT' OR i.bot_handed_off_at IS NOT NULL) AND NOT i.abandoned
      AND i.opened_at >= %(near_start)s AND i.opened_at < %(near_end)s
) f"""  # noqa: S608  # constants

BOT_CONTACT = Fact(
    key="bot_contact",
    description="Inbound contacts that began with a bot and were not abandoned, each with whether it was handed on and"
    f" whether the same customer came to a person in another one within {HOURS} hours.",
    topic="interaction",
    table="interactions_interaction",
    moment="opened_at",
    source=_BOTS,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,)),
    histogram_shapes=(),
    reach=timedelta(hours=HOURS),
)
