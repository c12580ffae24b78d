import strawberry

from apps.interactions.graphql.working.enums import AgentActivity, QueueAssignment
from apps.interactions.graphql.working.skills import SkillLevelInput
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional

_PRIORITY = "How early its contacts are taken, 0 to 100: of two that are as urgent, the higher queue's."
_ASSIGNMENT = "How its contacts come to agents."
_CALENDAR = (
    "The id of the calendar its time counts by; where it has none, that with the key `default`, if there is one."
)
_ASKED = "What its contacts ask of an agent: at most 50. Who has all of them at these levels or above may take them."
_CAPACITY = "How many contacts of a channel that waits for an answer it may have at a time, 1 to 100."
_HAS = "What the agent can do: at most 50."
_ALL = " Given, they take the place of all there are."


@strawberry.input(description="A new queue.")
class CreateQueueInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other queue's.")
    name: str | None = optional("Its name, for people.")
    priority: int = column(_PRIORITY, default=0)
    assignment: QueueAssignment = column(_ASSIGNMENT, default=QueueAssignment.PULL)
    calendar: strawberry.ID | None = optional(_CALENDAR)
    skills: list[SkillLevelInput] = column(_ASKED, default_factory=list)


@strawberry.input(description="What to change of a queue. What is left out stays as it is.")
class UpdateQueueInput:
    id: strawberry.ID = column("The queue's id.")
    name: str | None = optional("Its name, for people; null clears it.")
    priority: int | None = optional(_PRIORITY)
    assignment: QueueAssignment | None = optional(_ASSIGNMENT)
    calendar: strawberry.ID | None = optional(_CALENDAR + " Null: none.")
    skills: list[SkillLevelInput] | None = optional(_ASKED + _ALL)


@strawberry.input(description="The queue to retire.")
class RetireQueueInput:
    id: strawberry.ID = column("The queue's id.")


@strawberry.input(description="A new agent.")
class CreateAgentInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other agent's.")
    name: str | None = optional("Its name, for people.")
    team: str | None = optional("Its team: a key; made if unknown.")
    capacity: int = column(_CAPACITY, default=1)
    skills: list[SkillLevelInput] = column(_HAS, default_factory=list)


@strawberry.input(description="What to change of an agent. What is left out stays as it is.")
class UpdateAgentInput:
    id: strawberry.ID = column("The agent's id.")
    name: str | None = optional("Its name, for people; null clears it.")
    team: str | None = optional("Its team: a key; made if unknown. Null: none.")
    capacity: int | None = optional(_CAPACITY)
    skills: list[SkillLevelInput] | None = optional(_HAS + _ALL)


@strawberry.input(description="A state of an agent, from now on.")
class SetAgentStateInput:
    state: AgentActivity = column("What the agent does.")
    agent: strawberry.ID | None = optional("The agent's id; the agent that you are, when left out.")
