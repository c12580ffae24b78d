"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.interactions.commands.agent_states import set_agent_state
from apps.interactions.commands.agents import create_agent, update_agent
from apps.interactions.commands.calendars import create_calendar, retire_calendar, revise_calendar
from apps.interactions.commands.events import NewEvent, append_events, record_interaction_event
from apps.interactions.commands.interactions import record_interaction
from apps.interactions.commands.messages import record_message
from apps.interactions.commands.queues import create_queue, retire_queue, update_queue

__all__ = [
    "NewEvent",
    "append_events",
    "create_agent",
    "create_calendar",
    "create_queue",
    "record_interaction",
    "record_interaction_event",
    "record_message",
    "retire_calendar",
    "retire_queue",
    "revise_calendar",
    "set_agent_state",
    "update_agent",
    "update_queue",
]
