"""What is done with a contact, as inputs."""

from datetime import datetime

import strawberry

from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.working.enums import TransferKind
from cxplatform.graphql.columns import column

_INTERACTION = "The interaction's id."


@strawberry.input(description="The contact to let wait, and where.")
class EnqueueInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    queue: strawberry.ID | None = column(
        "The id of the queue it waits in from now on; where it was, when left out.", default=None
    )
    priority: Priority | None = column("How urgent it is from now on; as it was, when left out.", default=None)


@strawberry.input(description="Who takes its next contact.")
class TakeNextInteractionInput:
    agent: strawberry.ID | None = column("The agent's id; the agent that you are, when left out.", default=None)


@strawberry.input(description="The contact to assign, and to whom.")
class AssignInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    agent: strawberry.ID | None = column("The agent's id; the agent that you are, when left out.", default=None)


@strawberry.input(description="The contact to hand on, how and to whom: to a queue or to an agent.")
class TransferInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    kind: TransferKind = column("How it is handed on.")
    queue: strawberry.ID | None = column("The id of the queue it waits in then.", default=None)
    agent: strawberry.ID | None = column("The id of the agent it waits for, or who goes on with it.", default=None)


@strawberry.input(description="The contact whose customer is put on hold.")
class HoldInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact to go on with.")
class ResumeInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact in which the talk is over.")
class EndInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact after which all is done.")
class WrapUpInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact whose customer gave up waiting.")
class AbandonInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact to put off, and until when.")
class SnoozeInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    until: datetime = column("When it waits in its queue again: a moment to come, at most 366 days away.")


@strawberry.input(description="The contact whose customer is waited for.")
class WaitOnCustomerInput:
    interaction: strawberry.ID = column(_INTERACTION)


@strawberry.input(description="The contact to resolve.")
class ResolveInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    reason: str | None = column("Why the customer made contact: the path of a reason there is.", default=None)
    resolution: str | None = column("How it was resolved: a code of at most 100 characters.", default=None)


@strawberry.input(description="The contact to open again.")
class ReopenInteractionInput:
    interaction: strawberry.ID = column(_INTERACTION)
    queue: strawberry.ID | None = column("The id of the queue it waits in; where it was, when left out.", default=None)
