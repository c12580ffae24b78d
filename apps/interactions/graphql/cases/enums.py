from enum import Enum

import strawberry


@strawberry.enum(description="How a case stands.")
class CaseState(Enum):
    OPEN = strawberry.enum_value("OPEN", description="Its last contact is not done, as far as anybody said.")
    RESOLVED = strawberry.enum_value("RESOLVED", description="Its last contact stands resolved or closed.")
