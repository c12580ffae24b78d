from apps.interactions.models.agent_state import AgentActivity, AgentState, AgentStateChange
from apps.interactions.models.calendar import Calendar, CalendarOpening, CalendarVersion
from apps.interactions.models.case import Case, CaseMark, CaseState, MergedCase
from apps.interactions.models.case_change import CaseChange, CaseChangeKind, CasePin
from apps.interactions.models.dimensions import Agent, Queue, QueueAssignment, Team
from apps.interactions.models.event import InteractionEvent
from apps.interactions.models.interaction import (
    Channel,
    Direction,
    HandledBy,
    Interaction,
    Priority,
    TimingSource,
)
from apps.interactions.models.media_reference import MediaKind, MediaReference
from apps.interactions.models.message import Author, Message
from apps.interactions.models.reason import Reason, ReasonAlias, ReasonTouchpoint, ReasonVersion
from apps.interactions.models.service_settings import ServiceSettings
from apps.interactions.models.skills import AgentSkill, QueueSkill, Skill
from apps.interactions.models.sla import SlaInstance, SlaMark, SlaPolicy, SlaPolicyVersion, SlaWatch
from apps.interactions.models.work import Work, WorkState

__all__ = [
    "Agent",
    "AgentActivity",
    "AgentSkill",
    "AgentState",
    "AgentStateChange",
    "Author",
    "Calendar",
    "CalendarOpening",
    "CalendarVersion",
    "Case",
    "CaseChange",
    "CaseChangeKind",
    "CaseMark",
    "CasePin",
    "CaseState",
    "Channel",
    "Direction",
    "HandledBy",
    "Interaction",
    "InteractionEvent",
    "MediaKind",
    "MediaReference",
    "MergedCase",
    "Message",
    "Priority",
    "Queue",
    "QueueAssignment",
    "QueueSkill",
    "Reason",
    "ReasonAlias",
    "ReasonTouchpoint",
    "ReasonVersion",
    "ServiceSettings",
    "Skill",
    "SlaInstance",
    "SlaMark",
    "SlaPolicy",
    "SlaPolicyVersion",
    "SlaWatch",
    "Team",
    "TimingSource",
    "Work",
    "WorkState",
]
