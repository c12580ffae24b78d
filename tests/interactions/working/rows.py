"""Queues, agents and contacts that are worked on, made in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from apps.accounts.permissions import Role
from apps.accounts.viewer import Viewer
from apps.interactions import commands
from apps.interactions.models import (
    Agent,
    AgentActivity,
    AgentSkill,
    AgentState,
    Interaction,
    Queue,
    QueueSkill,
    Skill,
    Work,
)
from apps.interactions.work.agent_states import put_into
from cxplatform.ids import uuid7

START = datetime(2026, 3, 2, 14, tzinfo=UTC)


def viewer(role: Role = Role.SUPERVISOR, member_id: UUID | None = None) -> Viewer:
    """Make somebody who asks, by role alone."""
    member = member_id or uuid7()
    return Viewer(member, role.value.title(), "a@example.com", role, (), None, uuid7(), "FULL")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def queue(key: str = "chat", *, asks: dict[str, int] | None = None, **values: Any) -> Queue:
    made = Queue.objects.create(key=key, **values)
    for skill, level in (asks or {}).items():
        QueueSkill.objects.create(queue=made, skill=Skill.objects.get_or_create(key=skill)[0], level=level)
    return made


def agent(
    key: str, *, has: dict[str, int] | None = None, state: str | None = "AVAILABLE", since: float = 0, **values: Any
) -> Agent:
    made = Agent.objects.create(key=key, **values)
    for skill, level in (has or {}).items():
        AgentSkill.objects.create(agent=made, skill=Skill.objects.get_or_create(key=skill)[0], level=level)
    if state is not None:
        put_into(made, AgentActivity(state), at(since))
    return made


def contact(
    external_id: str, where: Queue | None = None, *, minutes: float = 0, priority: str | None = None, **values: Any
) -> Interaction:
    """Make a contact, and let it wait in a queue if one is given."""
    made = Interaction.objects.create(external_id=external_id, **{"channel": "EMAIL", "opened_at": START, **values})
    if where is not None:
        commands.enqueue_interaction(
            actor=viewer(), interaction_id=made.id, queue_id=where.id, priority=priority, now=at(minutes)
        )
    return made


def take(who: Agent, minutes: float = 1) -> str | None:
    """Let an agent take its next; return the contact's external id."""
    taken = commands.take_next(actor=viewer(), agent_id=who.id, now=at(minutes))
    return None if taken is None else taken.key[1]


def work() -> dict[str, tuple[str, str | None]]:
    """List all open work: how it stands and with whom, by the contact's external id."""
    rows = Work.objects.values_list("interaction__external_id", "state", "agent__key")
    return {external_id: (state, who) for external_id, state, who in rows}


def activity(who: Agent) -> str:
    return AgentState.objects.get(agent=who, to_at__isnull=True).state
