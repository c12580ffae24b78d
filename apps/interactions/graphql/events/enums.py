from enum import Enum

import strawberry

_value = strawberry.enum_value


@strawberry.enum(description="What happened to a contact. Rules for what contradicts: docs/cases.md.")
class InteractionEventKind(Enum):
    QUEUED = _value("QUEUED", description="It waits in a queue from now on.")
    RINGING = _value("RINGING", description="It is offered to an agent.")
    ANSWERED = _value("ANSWERED", description="An agent took it: talking, or writing, begins.")
    HELD = _value("HELD", description="The customer is put on hold.")
    RESUMED = _value("RESUMED", description="The customer is off hold.")
    TRANSFERRED_BLIND = _value("TRANSFERRED_BLIND", description="Sent on, to a queue or an agent, unannounced.")
    TRANSFERRED_CONSULT = _value("TRANSFERRED_CONSULT", description="Handed to an agent who was asked first.")
    ENDED = _value("ENDED", description="The contact is over; the work after it begins.")
    WRAPPED_UP = _value("WRAPPED_UP", description="The work after it is done.")
    BOT_REPLIED = _value("BOT_REPLIED", description="A program answered the customer.")
    BOT_HANDED_OFF = _value("BOT_HANDED_OFF", description="A program passed the contact to people.")
    CUSTOMER_REPLIED = _value("CUSTOMER_REPLIED", description="The customer wrote.")
    HUMAN_REPLIED = _value("HUMAN_REPLIED", description="A person answered the customer, for them to read.")
    WAITING_ON_CUSTOMER = _value("WAITING_ON_CUSTOMER", description="It is the customer's turn.")
    SNOOZED = _value("SNOOZED", description="It is put off until a moment.")
    PRIORITISED = _value("PRIORITISED", description="It is as urgent as the event says from now on.")
    RESOLVED = _value("RESOLVED", description="What the customer wanted is done.")
    REOPENED = _value("REOPENED", description="It turned out not to be done.")
    CLOSED = _value("CLOSED", description="It is done with.")
    ABANDONED = _value("ABANDONED", description="The customer gave up waiting.")


@strawberry.enum(description="Where an interaction's durations and instants come from.")
class TimingSource(Enum):
    IMPORTED = _value("IMPORTED", description="From its own row: it has no events.")
    EVENTS = _value("EVENTS", description="From its events; from its row only what those do not tell.")
