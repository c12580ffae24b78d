"""What can be imported into this app."""

from apps.interactions.imports.agent_states import AGENT_STATES
from apps.interactions.imports.events import INTERACTION_EVENTS
from apps.interactions.imports.interactions import INTERACTIONS
from apps.interactions.imports.messages import MESSAGES
from cxplatform.imports.kinds import register

__all__ = ["AGENT_STATES", "INTERACTIONS", "INTERACTION_EVENTS", "MESSAGES"]

register(INTERACTIONS, INTERACTION_EVENTS, MESSAGES, AGENT_STATES)
