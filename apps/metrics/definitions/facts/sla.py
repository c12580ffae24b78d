"""Service-level targets, counted at the moment they started."""

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.vocabulary import DimensionKey as D

# A target is cut by what its contact is; when that changes, the days of the contact's targets are counted anew.
_SOURCE = """(SELECT s.id, s.started_at, s.due_at, s.ended_at, s.measure, s.priority, i.opened_at, i.channel,
    i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id, i.placed_id, i.customer_id, i.language,
    i.handled_by
    FROM interactions_slainstance s JOIN interactions_interaction i ON i.id = s.interaction_id) f"""

# By how much it was missed: by the clock on the wall, or in the open time of the calendar that its clock went by.
_OPEN_BY = """LEFT JOIN LATERAL (
        SELECT o.seconds_before + extract(epoch FROM least(o.closes_at, {moment}) - o.opens_at)::float8 AS seconds
        FROM interactions_calendaropening o
        WHERE s.business AND s.ended_at > s.due_at AND o.calendar_id = v.calendar_id AND o.opens_at <= {moment}
        ORDER BY o.opens_at DESC LIMIT 1
    ) {name} ON TRUE"""
_WITH_LATENESS = f"""(SELECT s.id, s.started_at, s.due_at, s.ended_at, s.measure, s.priority, i.opened_at,
    i.channel, i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id, i.placed_id, i.customer_id, i.language,
    i.handled_by, s.target_seconds,
    CASE WHEN s.business THEN ended.seconds - due.seconds
         ELSE extract(epoch FROM s.ended_at - s.due_at)::float8 END AS late_seconds
    FROM interactions_slainstance s JOIN interactions_interaction i ON i.id = s.interaction_id
    JOIN interactions_slapolicyversion v ON v.id = s.version_id
    {_OPEN_BY.format(moment="s.due_at", name="due")}
    {_OPEN_BY.format(moment="s.ended_at", name="ended")}
) f"""  # noqa: S608  # constants

SLA = Fact(
    key="sla",
    description="Every service-level target of a contact, at the moment its clock started.",
    topic="sla_instance",
    table="interactions_slainstance",
    moment="started_at",
    source=_SOURCE,
    elaborate=_WITH_LATENESS,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,), (D.PRIORITY,)),
    histogram_shapes=(),
)
