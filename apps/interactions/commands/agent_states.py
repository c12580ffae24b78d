"""Saying what agents do."""

from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import AgentActivity, AgentState
from apps.interactions.own_work import agent_of
from apps.interactions.work.agent_states import locked_agent, put_into, state_now
from apps.interactions.work.rows import decided_by_work
from apps.interactions.work.wakes import wake_pushing
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Forbidden


def set_agent_state(*, actor: Viewer, agent_id: UUID | None, state: AgentActivity, now: datetime) -> AgentState:
    """Put an agent into a state from now on; without an id whoever asks. In it already, it stays as it was.

    Who becomes available with contacts in hand goes on with those. Raises: Forbidden; NotFound; BadInput; Conflict
    when a later state is known.
    """
    agent = locked_agent(whose(actor, agent_id))
    if state is AgentActivity.AVAILABLE:
        state = decided_by_work([agent.id])[agent.id]
    before = state_now(agent.id)
    if before is not None and before.state == state:
        return before
    stored = put_into(agent, state, now)
    was = {"state": before.state if before else None}
    subject = Subject("Agent", agent.id, agent.key)
    record_change(
        actor=actor.actor, action="set_agent_state", subject=subject, now=now, before=was, after={"state": state.value}
    )
    wake_pushing()
    return stored


def whose(actor: Viewer, agent_id: UUID | None) -> UUID:
    """Return which agent is meant: without an id, the one that whoever asks is. Raises: Forbidden; BadInput."""
    actor.require(Permission.RECORD)
    if agent_id is not None and not actor.only_own_work:
        return agent_id
    itself = agent_of(actor.member_id)
    if itself is None and not actor.only_own_work:
        raise BadInput("No agent is known to be you; say which agent is meant.", field="agent")
    if itself is None:
        raise Forbidden("No agent of this brand is known to be you.", field="agent")
    if agent_id not in (None, itself.id):
        raise Forbidden("You speak for yourself only.", field="agent")
    return itself.id
