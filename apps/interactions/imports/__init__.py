"""What can be imported into this app."""

from apps.interactions.imports.agent_states import AGENT_STATES
from apps.interactions.imports.events import INTERACTION_EVENTS
from apps.interactions.imports.interactions import INTERACTIONS
from cxplatform.imports.kinds import register

__all__ = ["AGENT_STATES", "INTERACTIONS", "INTERACTION_EVENTS"]

register(INTERACTIONS, INTERACTION_EVENTS, AGENT_STATES)
