from enum import Enum

import strawberry


@strawberry.enum(description="Who wrote a message.")
class MessageAuthor(Enum):
    CUSTOMER = strawberry.enum_value("CUSTOMER", description="The customer.")
    HUMAN = strawberry.enum_value("HUMAN", description="A person of the service.")
    BOT = strawberry.enum_value("BOT", description="A program that answers customers.")
    SYSTEM = strawberry.enum_value("SYSTEM", description="The system: an acknowledgement, a notice. No reply.")
