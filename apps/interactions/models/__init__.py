from apps.interactions.models.dimensions import Agent, Queue, Reason, Team
from apps.interactions.models.interaction import Channel, Direction, HandledBy, Interaction, Priority

__all__ = ["Agent", "Channel", "Direction", "HandledBy", "Interaction", "Priority", "Queue", "Reason", "Team"]
