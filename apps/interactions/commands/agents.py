"""Making and changing agents. Which member an agent is, the operator says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.commands.skills import Levels, levels_of, replace_skills
from apps.interactions.models import Agent, Team
from apps.interactions.models.dimensions import MOST_CONTACTS
from apps.interactions.topics import tell_agents
from apps.interactions.work.agent_states import locked_agent
from apps.interactions.work.wakes import wake_pushing
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict
from cxplatform.named import checked_key, checked_name


def create_agent(
    *, actor: Viewer, key: str, values: Mapping[str, Any], skills: Levels | None = None, now: datetime
) -> Agent:
    """Make an agent; `values` are its name, the key of its team and its capacity, as far as they are given.

    Raises: Forbidden; BadInput naming the field; Conflict when the key is taken.
    """
    actor.require(Permission.CONFIGURE)
    columns = _columns(values)
    try:
        with transaction.atomic():
            agent = Agent.objects.create(key=checked_key(key), **columns)
    except IntegrityError as error:
        raise Conflict("An agent with this key exists.", field="key") from error
    replace_skills(agent, skills or {})
    _record(actor, "create_agent", agent, now=now, after=_told(agent))
    return agent


def update_agent(
    *, actor: Viewer, agent_id: UUID, values: Mapping[str, Any], skills: Levels | None = None, now: datetime
) -> Agent:
    """Change what is given of an agent; skills, where given, take the place of all it had.

    Raises: Forbidden; NotFound; BadInput naming the field.
    """
    actor.require(Permission.CONFIGURE)
    agent = locked_agent(agent_id)
    before, columns = _told(agent), _columns(values)
    for name, value in columns.items():
        setattr(agent, name, value)
    if columns:
        agent.save(update_fields=list(columns))
    if skills is not None:
        replace_skills(agent, skills)
    after = _told(agent)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        was, becomes = ({name: told[name] for name in changed} for told in (before, after))
        tell_agents()
        wake_pushing()
        _record(actor, "update_agent", agent, now=now, before=was, after=becomes)
    return agent


def link_agent(*, member_id: UUID, key: str, now: datetime) -> Agent:
    """Say which agent a member is, for the operator; the agent is made if unknown.

    Raises: BadInput; Conflict when the agent is another member's, or the member another agent.
    """
    known = checked_key(key, "agent")
    Agent.objects.bulk_create([Agent(key=known)], ignore_conflicts=True)
    agent = Agent.objects.select_for_update(no_key=True).get(key=known)
    if agent.member_id == member_id:
        return agent
    if agent.member_id is not None:
        raise Conflict("This agent is somebody else.", field="agent")
    agent.member_id = member_id
    try:
        with transaction.atomic():
            agent.save(update_fields=["member_id"])
    except IntegrityError as error:
        raise Conflict("This member is another agent.", field="email") from error
    subject = Subject("Agent", agent.id, agent.key)
    record_change(actor=OPERATOR, action="link_agent", subject=subject, now=now, after={"member": member_id})
    return agent


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "name" in columns:
        columns["name"] = checked_name(columns["name"])
    if "capacity" in columns and not 1 <= columns["capacity"] <= MOST_CONTACTS:
        raise BadInput(f"A capacity is 1 to {MOST_CONTACTS}.", field="capacity")
    if columns.get("team") is not None:
        columns["team"] = _team(checked_key(columns["team"], "team"))
    return columns


def _team(key: str) -> Team:
    """Return the team of this key, made if it is unknown."""
    Team.objects.bulk_create([Team(key=key)], ignore_conflicts=True)
    return Team.objects.get(key=key)


def _told(agent: Agent) -> dict[str, object]:
    team = agent.team.key if agent.team else None
    return {"name": agent.name, "team": team, "capacity": agent.capacity, "skills": levels_of(agent)}


def _record(actor: Viewer, action: str, agent: Agent, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=Subject("Agent", agent.id, agent.key), **told)
