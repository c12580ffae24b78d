from enum import Enum

import strawberry


@strawberry.enum(description="How something at a touchpoint went for the customer.")
class Outcome(Enum):
    SMOOTH = strawberry.enum_value("SMOOTH", description="Without trouble.")
    FRICTION = strawberry.enum_value("FRICTION", description="With trouble, but it went.")
    FAILED = strawberry.enum_value("FAILED", description="It did not go.")
