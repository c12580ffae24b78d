"""What agents were doing, as other systems tell it."""

from apps.interactions.imports.interactions import KEY
from apps.interactions.models import Agent, AgentActivity, AgentStateChange
from apps.interactions.work.agent_states import TOPIC, settle
from cxplatform.imports.checks import after
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference
from cxplatform.imports.text_types import Choice

AGENT_STATES = Kind(
    name="agent-states",
    model=AgentStateChange,
    topic=TOPIC,
    time_column="from_at",
    own_columns=(
        Column("agent", KEY, reference=Reference(Agent), required=True),
        Column("state", Choice(AgentActivity.values), required=True),
        Column("from_at", Instant(), required=True),
        Column("to_at", Instant()),
    ),
    checks=(after("to_at", "from_at"),),
    settle=settle,
)
