from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands, models
from apps.interactions.commands.skills import Levels, checked_levels
from apps.interactions.graphql.dimensions import Agent, Queue
from apps.interactions.graphql.working.inputs import (
    CreateAgentInput,
    CreateQueueInput,
    RetireQueueInput,
    SetAgentStateInput,
    UpdateAgentInput,
    UpdateQueueInput,
)
from apps.interactions.graphql.working.skills import levels
from apps.interactions.graphql.working.states import AgentState
from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of createQueue.")
class CreateQueuePayload:
    queue: Queue | None = column("The queue.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of updateQueue.")
class UpdateQueuePayload:
    queue: Queue | None = column("The queue.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of retireQueue.")
class RetireQueuePayload:
    queue: Queue | None = column("The queue, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)


@strawberry.type(description="What became of createAgent.")
class CreateAgentPayload:
    agent: Agent | None = column("The agent.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of updateAgent.")
class UpdateAgentPayload:
    agent: Agent | None = column("The agent.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of setAgentState.")
class SetAgentStatePayload:
    agent: Agent | None = column("The agent.", default=None)
    state: AgentState | None = column("The state it is in.", default=None)
    user_errors: list[UserError] = column("Why it is in none other.", default_factory=user_errors)


@strawberry.type
class WorkingMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CreateQueuePayload,
        description="Make a queue, for contacts to wait in.",
    )
    def create_queue(self, info: Info, input: Annotated[CreateQueueInput, INPUT]) -> CreateQueuePayload | None:
        values, skills = _queue_values(input)
        made = commands.create_queue(
            actor=viewer_of(info), key=input.key, values=values, skills=skills, now=info.context.now
        )
        return CreateQueuePayload(queue=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=UpdateQueuePayload,
        description="Change what is given of a queue.",
    )
    def update_queue(self, info: Info, input: Annotated[UpdateQueueInput, INPUT]) -> UpdateQueuePayload | None:
        queue_id = key_of(input.id, "Queue")
        values, skills = _queue_values(input)
        changed = commands.update_queue(
            actor=viewer_of(info), queue_id=queue_id, values=values, skills=skills, now=info.context.now
        )
        return UpdateQueuePayload(queue=changed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RetireQueuePayload,
        description="Close a queue to new contacts for ever; those that wait in it are worked on.",
    )
    def retire_queue(self, info: Info, input: Annotated[RetireQueueInput, INPUT]) -> RetireQueuePayload | None:
        retired = commands.retire_queue(actor=viewer_of(info), queue_id=key_of(input.id, "Queue"), now=info.context.now)
        return RetireQueuePayload(queue=retired)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CreateAgentPayload,
        description="Make an agent, to handle contacts.",
    )
    def create_agent(self, info: Info, input: Annotated[CreateAgentInput, INPUT]) -> CreateAgentPayload | None:
        values, skills = _values(input)
        made = commands.create_agent(
            actor=viewer_of(info), key=input.key, values=values, skills=skills, now=info.context.now
        )
        return CreateAgentPayload(agent=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=UpdateAgentPayload,
        description="Change what is given of an agent.",
    )
    def update_agent(self, info: Info, input: Annotated[UpdateAgentInput, INPUT]) -> UpdateAgentPayload | None:
        agent_id = key_of(input.id, "Agent")
        values, skills = _values(input)
        changed = commands.update_agent(
            actor=viewer_of(info), agent_id=agent_id, values=values, skills=skills, now=info.context.now
        )
        return UpdateAgentPayload(agent=changed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=SetAgentStatePayload,
        description="Say what an agent does from now on: an agent of itself, whoever oversees agents of any.",
    )
    def set_agent_state(self, info: Info, input: Annotated[SetAgentStateInput, INPUT]) -> SetAgentStatePayload | None:
        stored = commands.set_agent_state(
            actor=viewer_of(info),
            agent_id=key_of(input.agent, "Agent", field="agent") if input.agent else None,
            state=models.AgentActivity[input.state.name],
            now=info.context.now,
        )
        return SetAgentStatePayload(agent=stored.agent, state=stored)  # type: ignore[arg-type]  # rows, shown as the types


_Input = CreateQueueInput | UpdateQueueInput | CreateAgentInput | UpdateAgentInput


def _values(input: _Input) -> tuple[dict[str, Any], Levels | None]:
    """Return what is given of a queue or an agent, and its skills apart."""
    values = {name: value for name, value in given(input).items() if name not in ("id", "key", "skills")}
    for name in ("priority", "assignment", "capacity"):
        if name in values and values[name] is None:
            raise BadInput("It may be left out, and is never unknown.", field=name)
    asked = None if input.skills is UNSET or input.skills is None else checked_levels(levels(input.skills))
    return values, asked


def _queue_values(input: CreateQueueInput | UpdateQueueInput) -> tuple[dict[str, Any], Levels | None]:
    values, skills = _values(input)
    if "calendar" in values:
        calendar = values.pop("calendar")
        values["calendar_id"] = key_of(calendar, "Calendar", field="calendar") if calendar is not None else None
    return values, skills
