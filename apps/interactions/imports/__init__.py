"""What can be imported into this app."""

from apps.interactions.imports.agent_states import AGENT_STATES
from apps.interactions.imports.events import INTERACTION_EVENTS
from apps.interactions.imports.interactions import INTERACTIONS
from apps.interactions.imports.media_references import MEDIA_REFERENCES
from apps.interactions.imports.messages import MESSAGES
from cxplatform.imports.kinds import register

__all__ = ["AGENT_STATES", "INTERACTIONS", "INTERACTION_EVENTS", "MEDIA_REFERENCES", "MESSAGES"]

register(INTERACTIONS, INTERACTION_EVENTS, MESSAGES, MEDIA_REFERENCES, AGENT_STATES)
