from enum import Enum

import strawberry


@strawberry.enum(description="What an agent is doing.")
class AgentActivity(Enum):
    AVAILABLE = strawberry.enum_value("AVAILABLE", description="Waiting for a contact.")
    ON_CONTACT = strawberry.enum_value("ON_CONTACT", description="Working on one.")
    WRAP_UP = strawberry.enum_value("WRAP_UP", description="Finishing what a contact left to do.")
    BREAK = strawberry.enum_value("BREAK", description="Away, and coming back.")
    OFFLINE = strawberry.enum_value("OFFLINE", description="Not at work.")


@strawberry.enum(description="How the contacts of a queue come to agents.")
class QueueAssignment(Enum):
    PULL = strawberry.enum_value("PULL", description="Agents take the next.")
    PUSH = strawberry.enum_value("PUSH", description="The next is put before whoever is idle for longest, unasked.")


@strawberry.enum(description="How a contact stands that is worked on here.")
class WorkState(Enum):
    QUEUED = strawberry.enum_value("QUEUED", description="It waits for somebody.")
    RINGING = strawberry.enum_value("RINGING", description="It is offered to an agent.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="An agent works on it.")
    HELD = strawberry.enum_value("HELD", description="The customer is on hold.")
    WRAP_UP = strawberry.enum_value("WRAP_UP", description="The talk is over, the work after it is not.")
    WAITING_ON_CUSTOMER = strawberry.enum_value("WAITING_ON_CUSTOMER", description="It waits for the customer.")
    SNOOZED = strawberry.enum_value("SNOOZED", description="It is put off to a moment.")


@strawberry.enum(description="How a contact is handed on.")
class TransferKind(Enum):
    BLIND = strawberry.enum_value("BLIND", description="Sent on: the talk is over for whoever had it.")
    CONSULT = strawberry.enum_value("CONSULT", description="To an agent who was asked first: the talk goes on.")
