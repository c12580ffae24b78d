"""What can be imported into this app, with the queues, teams, agents and reasons that it names."""

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.interactions.commands.agent_states import TOPIC as STATES
from apps.interactions.commands.agent_states import settle
from apps.interactions.models import (
    Agent,
    AgentActivity,
    AgentStateChange,
    Channel,
    Direction,
    HandledBy,
    Interaction,
    Priority,
    Queue,
    Reason,
    Team,
)
from apps.journeys.imports import TOUCHPOINT, TOUCHPOINT_KEY
from cxplatform.imports.checks import after, not_before, not_both
from cxplatform.imports.instants import Instant, Instants
from cxplatform.imports.kinds import Column, Kind, Reference, register
from cxplatform.imports.number_types import Integer, Number
from cxplatform.imports.text_types import LANGUAGE, Boolean, Choice, Key, Path, Text

# No wait, call or pause lasts longer than a year.
_SECONDS = Number(0, 366 * 86_400)
_KEY = Key(100)


def _parent_path(path: str) -> str | None:
    return path.rpartition("/")[0] or None


def _last_name(path: str) -> dict[str, object]:
    return {"name": path.rpartition("/")[2]}


REASON = Reference(Reason, key="path", fill=_last_name, parent_of=_parent_path)

INTERACTIONS = Kind(
    name="interactions",
    model=Interaction,
    topic="interaction",
    time_column="opened_at",
    also_marked=(("interaction_moves", ("opened_at", "resolved_at", "closed_at", "reopened_at")),),
    external_id_required=True,
    own_columns=(
        Column("channel", Choice(Channel.values), required=True),
        Column("opened_at", Instant(), required=True),
        Column("customer", CUSTOMER_ID, reference=CUSTOMER),
        Column("direction", Choice(Direction.values), default=Direction.INBOUND.value),
        Column("queue", _KEY, reference=Reference(Queue)),
        Column("agent", _KEY, reference=Reference(Agent)),
        Column("team", _KEY, reference=Reference(Team)),
        Column("reason", Path(300, 100, 10), reference=REASON),
        Column("touchpoint", TOUCHPOINT_KEY, reference=TOUCHPOINT),
        Column("priority", Choice(Priority.values), default=Priority.NORMAL.value),
        Column("wait_seconds", _SECONDS),
        Column("answered", Boolean()),
        Column("abandoned", Boolean(), default=False),
        Column("handled_by", Choice(HandledBy.values), default=HandledBy.HUMAN.value),
        Column("first_response_at", Instant()),
        Column("resolved_at", Instant()),
        Column("closed_at", Instant()),
        Column("talk_seconds", _SECONDS),
        Column("hold_seconds", _SECONDS),
        Column("after_call_seconds", _SECONDS),
        Column("transfers", Integer(0, 10_000), default=0),
        Column("reopened_at", Instants()),
        Column("resolved", Boolean()),
        Column("subject", Text(500), personal=True),
        Column("text", Text(100_000), personal=True),
        Column("language", LANGUAGE),
    ),
    checks=(
        not_before("first_response_at", "opened_at"),
        not_before("resolved_at", "opened_at"),
        not_before("closed_at", "opened_at"),
        not_both("abandoned", "answered"),
    ),
)

AGENT_STATES = Kind(
    name="agent-states",
    model=AgentStateChange,
    topic=STATES,
    time_column="from_at",
    own_columns=(
        Column("agent", _KEY, reference=Reference(Agent), required=True),
        Column("state", Choice(AgentActivity.values), required=True),
        Column("from_at", Instant(), required=True),
        Column("to_at", Instant()),
    ),
    checks=(after("to_at", "from_at"),),
    settle=settle,
)

register(INTERACTIONS, AGENT_STATES)
