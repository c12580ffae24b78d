"""What agents do, as it is stored: what was said is kept, and the intervals that follow are made anew around it.

Runs inside the open door, with the agent locked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.interactions.models import Agent, AgentActivity, AgentState, AgentStateChange
from apps.interactions.topics import tell_agents
from apps.interactions.working.intervals import Interval, Said, intervals
from cxplatform.dirty.marks import mark
from cxplatform.errors import Conflict, NotFound
from cxplatform.ids import uuid7
from cxplatform.imports.decisions import RowKey, State
from cxplatform.tenancy.doors import current_brand

TOPIC: Final = "agent_state"
# Where what was set here, and not told by another system, comes from.
SOURCE: Final = "cxplatform"
# What a clock elsewhere may be ahead.
_CLOCKS_DIFFER: Final = timedelta(minutes=1)


def locked_agent(agent_id: UUID) -> Agent:
    """Read an agent so that nobody else changes its state or its work meanwhile. Raises: NotFound."""
    agent = Agent.objects.select_for_update(no_key=True).filter(pk=agent_id).first()
    if agent is None:
        raise NotFound("There is no such agent.")
    return agent


def state_now(agent_id: UUID) -> AgentState | None:
    """Return the interval that goes on."""
    return AgentState.objects.filter(agent=agent_id, to_at__isnull=True).first()


def put_into(agent: Agent, state: AgentActivity, now: datetime) -> AgentState:
    """Let a locked agent be in a state from now on. Raises: Conflict, when a later state is known.

    Whoever waited for the lock follows whoever held it, though it asked before.
    """
    at = after_the_latest(
        now, AgentStateChange.objects.filter(agent=agent).order_by("-from_at").values_list("from_at", flat=True).first()
    )
    identity = uuid7()
    AgentStateChange.objects.create(
        id=identity, source=SOURCE, external_id=str(identity), agent=agent, state=state, from_at=at
    )
    last = AgentState.objects.filter(agent=agent).order_by("-from_at").first()
    moved = []
    if last is not None and (last.to_at is None or last.to_at > at):
        moved.append(Interval(last.from_at, at, last.state))
        AgentState.objects.filter(pk=last.pk).update(to_at=at)
    made = AgentState.objects.create(agent=agent, state=state, from_at=at)
    _note([*moved, Interval(at, None, state)])
    return made


def after_the_latest(now: datetime, latest: datetime | None) -> datetime:
    """Return when what happens now happened: after all that is known. Raises: Conflict, when that is far ahead."""
    if latest is None or latest < now:
        return now
    if latest - now > _CLOCKS_DIFFER:
        raise Conflict("Something later is known already.")
    return latest + timedelta(microseconds=1)


def settle(changed: Mapping[RowKey, State], now: datetime) -> None:
    """Make the intervals anew around the changes that an import stored."""
    moments: dict[UUID, list[datetime]] = defaultdict(list)
    for values in (each for state in changed.values() for each in (state.values, state.stored) if each is not None):
        moments[values["agent"]].append(values["from_at"])
    for agent_id in sorted(moments):
        locked_agent(agent_id)
        settle_agent(agent_id, min(moments[agent_id]), max(moments[agent_id]))


def settle_agent(agent_id: UUID, first: datetime, last: datetime) -> None:
    """Make the locked agent's intervals anew that begin from the change before `first` to the one after `last`."""
    said = AgentStateChange.objects.filter(agent=agent_id)
    before = said.filter(from_at__lt=first).order_by("-from_at").values_list("from_at", flat=True).first()
    after = said.filter(from_at__gt=last).order_by("from_at").values_list("from_at", flat=True).first()
    around = Q(from_at__gte=before or first, **({"from_at__lte": after} if after else {}))
    columns = ("from_at", "source", "external_id", "state", "to_at")
    made = intervals(Said(*row) for row in said.filter(around).values_list(*columns))
    # The one that the change after `last` begins may go on beyond what was read, and stays as it is.
    _replace(agent_id, [each for each in made if each.from_at != after], around & ~Q(from_at=after))


def _replace(agent_id: UUID, made: list[Interval], where: Q) -> None:
    """Store intervals in the place of those there are; one that began when it did keeps its id."""
    stored = {row.from_at: row for row in AgentState.objects.filter(where, agent=agent_id)}
    was = {Interval(row.from_at, row.to_at, row.state) for row in stored.values()}
    new = [each for each in made if each.from_at not in stored]
    changed = [each for each in made if each.from_at in stored and each not in was]
    AgentState.objects.filter(
        pk__in=[stored[gone].pk for gone in stored.keys() - {each.from_at for each in made}]
    ).delete()
    for each in changed:
        stored[each.from_at].to_at, stored[each.from_at].state = each.to_at, each.state
    # In one statement, at the end of which no two overlap.
    AgentState.objects.bulk_update([stored[each.from_at] for each in changed], ["to_at", "state"])
    AgentState.objects.bulk_create(
        AgentState(agent_id=agent_id, state=each.state, from_at=each.from_at, to_at=each.to_at) for each in new
    )
    _note(was ^ set(made))


def _note(moved: Iterable[Interval]) -> None:
    """Mark the days on which something is not as it was; one that goes on is counted anew each day, up to its last."""
    zone = current_brand().zone
    days: set[date] = set()
    for each in moved:
        day, last = (moment.astimezone(zone).date() for moment in (each.from_at, each.to_at or each.from_at))
        days.update(day + timedelta(days=number) for number in range((last - day).days + 1))
    if days:
        mark(TOPIC, days)
        tell_agents()
