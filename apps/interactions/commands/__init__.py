"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.interactions.commands.agent_states import set_agent_state
from apps.interactions.commands.agents import create_agent, link_agent, update_agent
from apps.interactions.commands.assigning import assign_interaction, take_next
from apps.interactions.commands.calendars import create_calendar, retire_calendar, revise_calendar
from apps.interactions.commands.cases import merge_cases, move_interaction, release_case, split_case
from apps.interactions.commands.events import NewEvent, append_events, record_interaction_event
from apps.interactions.commands.handling import (
    abandon_interaction,
    end_interaction,
    enqueue_interaction,
    hold_interaction,
    resume_interaction,
    transfer_interaction,
    wrap_up_interaction,
)
from apps.interactions.commands.interactions import record_interaction
from apps.interactions.commands.media_references import record_media_reference, remove_media_reference
from apps.interactions.commands.messages import record_message
from apps.interactions.commands.queues import create_queue, retire_queue, update_queue
from apps.interactions.commands.reason_links import link_reason_to_touchpoint, unlink_reason_from_touchpoint
from apps.interactions.commands.reason_merging import merge_reasons
from apps.interactions.commands.reason_trees import load_reason_tree
from apps.interactions.commands.reasons import create_reason, move_reason, rename_reason, retire_reason
from apps.interactions.commands.service_settings import update_service_settings
from apps.interactions.commands.settling import (
    reopen_interaction,
    resolve_interaction,
    snooze_interaction,
    wait_on_customer,
)

__all__ = [
    "NewEvent",
    "abandon_interaction",
    "append_events",
    "assign_interaction",
    "create_agent",
    "create_calendar",
    "create_queue",
    "create_reason",
    "end_interaction",
    "enqueue_interaction",
    "hold_interaction",
    "link_agent",
    "link_reason_to_touchpoint",
    "load_reason_tree",
    "merge_cases",
    "merge_reasons",
    "move_interaction",
    "move_reason",
    "record_interaction",
    "record_interaction_event",
    "record_media_reference",
    "record_message",
    "release_case",
    "remove_media_reference",
    "rename_reason",
    "reopen_interaction",
    "resolve_interaction",
    "resume_interaction",
    "retire_calendar",
    "retire_queue",
    "retire_reason",
    "revise_calendar",
    "set_agent_state",
    "snooze_interaction",
    "split_case",
    "take_next",
    "transfer_interaction",
    "unlink_reason_from_touchpoint",
    "update_agent",
    "update_queue",
    "update_service_settings",
    "wait_on_customer",
    "wrap_up_interaction",
]
