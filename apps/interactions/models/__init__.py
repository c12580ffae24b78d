from apps.interactions.models.calendar import Calendar, CalendarVersion
from apps.interactions.models.dimensions import Agent, Queue, Reason, Team
from apps.interactions.models.interaction import Channel, Direction, HandledBy, Interaction, Priority

__all__ = [
    "Agent",
    "Calendar",
    "CalendarVersion",
    "Channel",
    "Direction",
    "HandledBy",
    "Interaction",
    "Priority",
    "Queue",
    "Reason",
    "Team",
]
