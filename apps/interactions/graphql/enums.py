from enum import Enum

import strawberry


@strawberry.enum(description="The way a contact came or went.")
class Channel(Enum):
    PHONE = strawberry.enum_value("PHONE", description="A call.")
    EMAIL = strawberry.enum_value("EMAIL", description="An e-mail.")
    CHAT = strawberry.enum_value("CHAT", description="A chat on the brand's own site or app.")
    MESSAGING = strawberry.enum_value("MESSAGING", description="A messenger such as WhatsApp or SMS.")
    SOCIAL = strawberry.enum_value("SOCIAL", description="A public or private post on a social network.")
    IN_PERSON = strawberry.enum_value("IN_PERSON", description="A talk face to face.")
    SELF_SERVICE = strawberry.enum_value("SELF_SERVICE", description="A help page, a bot or a voice menu.")


@strawberry.enum(description="Who began the contact.")
class InteractionDirection(Enum):
    INBOUND = strawberry.enum_value("INBOUND", description="The customer.")
    OUTBOUND = strawberry.enum_value("OUTBOUND", description="The service.")


@strawberry.enum(description="How urgent a contact is.")
class Priority(Enum):
    LOW = strawberry.enum_value("LOW", description="Can wait.")
    NORMAL = strawberry.enum_value("NORMAL", description="As most are.")
    HIGH = strawberry.enum_value("HIGH", description="Before the others.")
    URGENT = strawberry.enum_value("URGENT", description="At once.")


@strawberry.enum(description="What handled a contact.")
class HandledBy(Enum):
    HUMAN = strawberry.enum_value("HUMAN", description="A person.")
    BOT = strawberry.enum_value("BOT", description="A program, from beginning to end.")
