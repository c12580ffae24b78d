from enum import Enum

import strawberry


@strawberry.enum(description="How a case stands.")
class CaseState(Enum):
    OPEN = strawberry.enum_value("OPEN", description="Its last contact is not done, as far as anybody said.")
    RESOLVED = strawberry.enum_value("RESOLVED", description="Its last contact stands resolved or closed.")


@strawberry.enum(description="What became of a case.")
class CaseChangeKind(Enum):
    MERGED = strawberry.enum_value("MERGED", description="Another case was merged into it, with all its contacts.")
    SPLIT = strawberry.enum_value("SPLIT", description="Somebody made a case of its own of a contact.")
    MOVED = strawberry.enum_value("MOVED", description="Somebody put a contact into another case.")
    RELEASED = strawberry.enum_value(
        "RELEASED", description="What was decided by hand held no more; contacts may have come or left because of that."
    )
    REJOINED = strawberry.enum_value("REJOINED", description="A contact came from another case or left, by itself.")
