from enum import Enum

import strawberry


@strawberry.enum(description="What became of a promise.")
class PromiseResult(Enum):
    KEPT = strawberry.enum_value("KEPT", description="It was kept.")
    BROKEN = strawberry.enum_value("BROKEN", description="It was broken.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="Nothing tells, and nobody has said.")


@strawberry.enum(description="What an outcome rests on.")
class PromiseDecidedBy(Enum):
    EVENT = strawberry.enum_value("EVENT", description="The event says so itself.")
    CRITERION = strawberry.enum_value("CRITERION", description="The promise's criterion, measured on the event.")
    PERSON = strawberry.enum_value("PERSON", description="Somebody said so; `statement` tells who.")
    NOBODY = strawberry.enum_value("NOBODY", description="Nothing and nobody: it is UNKNOWN.")
