from enum import Enum

import strawberry

_WAITING = "waiting for the customer does not count"


@strawberry.enum(description="What a service-level target is about.")
class SlaMeasure(Enum):
    FIRST_REPLY = strawberry.enum_value(
        "FIRST_REPLY", description="From the opening to a person's first public reply; an answered call is replied to."
    )
    NEXT_REPLY = strawberry.enum_value(
        "NEXT_REPLY", description="From what the customer writes after a reply to the next reply."
    )
    PERIODIC_UPDATE = strawberry.enum_value(
        "PERIODIC_UPDATE", description=f"From one reply to the next while it is open; {_WAITING}."
    )
    FIRST_RESOLUTION = strawberry.enum_value(
        "FIRST_RESOLUTION",
        description=f"From the opening to the first resolution; {_WAITING}, and a reopening restarts nothing.",
    )
    TOTAL_RESOLUTION = strawberry.enum_value(
        "TOTAL_RESOLUTION",
        description=f"From the opening to the last resolution, reopened or not; {_WAITING}, nor time resolved.",
    )


@strawberry.enum(description="How a target stands.")
class SlaState(Enum):
    RUNNING = strawberry.enum_value("RUNNING", description="It is not yet due.")
    PAUSED = strawberry.enum_value("PAUSED", description="It waits for the customer.")
    ACHIEVED = strawberry.enum_value("ACHIEVED", description="It was kept.")
    BREACHED = strawberry.enum_value("BREACHED", description="It was not kept, whether or not it has ended.")
