"""Service-level targets, counted at the moment they started."""

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.interaction import CONTACT_DIMENSIONS, CONTACT_JOINS
from apps.metrics.definitions.vocabulary import DimensionKey as D

# A target is cut by what its contact is; when that changes, the days of the contact's targets are counted anew.
_SOURCE = """(SELECT s.id, s.started_at, s.due_at, s.ended_at, s.measure, s.priority, i.opened_at, i.channel,
    i.queue_id, i.agent_id, i.team_id, i.reason_id, i.touchpoint_id, i.customer_id, i.language, i.handled_by
    FROM interactions_slainstance s JOIN interactions_interaction i ON i.id = s.interaction_id) f"""

SLA = Fact(
    key="sla",
    description="Every service-level target of a contact, at the moment its clock started.",
    topic="sla_instance",
    table="interactions_slainstance",
    moment="started_at",
    source=_SOURCE,
    dimensions=CONTACT_DIMENSIONS,
    joins=CONTACT_JOINS,
    shapes=((), (D.CHANNEL,), (D.QUEUE,), (D.AGENT,), (D.TEAM,), (D.REASON,), (D.PRIORITY,)),
    histogram_shapes=(),
)
