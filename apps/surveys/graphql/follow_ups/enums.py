from enum import Enum

import strawberry


@strawberry.enum(description="How a follow-up stands.")
class FollowUpState(Enum):
    OPEN = strawberry.enum_value("OPEN", description="A low score opened it, and nobody has it.")
    IN_PROGRESS = strawberry.enum_value("IN_PROGRESS", description="It is somebody's task.")
    DONE = strawberry.enum_value("DONE", description="It ended, with an outcome.")
    DISMISSED = strawberry.enum_value("DISMISSED", description="It turned out not to be needed.")


@strawberry.enum(description="What came of a follow-up.")
class RecoveryOutcome(Enum):
    RECOVERED = strawberry.enum_value("RECOVERED", description="The customer was won back.")
    NOT_RECOVERED = strawberry.enum_value("NOT_RECOVERED", description="The customer was reached and stays unhappy.")
    NOT_REACHED = strawberry.enum_value("NOT_REACHED", description="Nobody could speak with the customer.")
    NOT_NEEDED = strawberry.enum_value("NOT_NEEDED", description="There was nothing to be put right.")


@strawberry.enum(description="Why a follow-up was dismissed.")
class FollowUpDismissal(Enum):
    BY_HAND = strawberry.enum_value("BY_HAND", description="Somebody said so; the note says why.")
    SCORE_CHANGED = strawberry.enum_value(
        "SCORE_CHANGED", description="The customer changed the answer for the better before anybody had begun."
    )
