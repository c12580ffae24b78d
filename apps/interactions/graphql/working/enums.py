from enum import Enum

import strawberry


@strawberry.enum(description="What an agent is doing.")
class AgentActivity(Enum):
    AVAILABLE = strawberry.enum_value("AVAILABLE", description="Waiting for a contact.")
    ON_CONTACT = strawberry.enum_value("ON_CONTACT", description="Working on one.")
    WRAP_UP = strawberry.enum_value("WRAP_UP", description="Finishing what a contact left to do.")
    BREAK = strawberry.enum_value("BREAK", description="Away, and coming back.")
    OFFLINE = strawberry.enum_value("OFFLINE", description="Not at work.")
