from enum import Enum

import strawberry


@strawberry.enum(description="What tells that a customer was at a touchpoint.")
class MomentKind(Enum):
    TOUCHPOINT_EVENT = strawberry.enum_value("TOUCHPOINT_EVENT", description="A touchpoint event.")
    INTERACTION = strawberry.enum_value("INTERACTION", description="A contact, when it was opened.")
    SURVEY_RESPONSE = strawberry.enum_value("SURVEY_RESPONSE", description="An answer, when it was given.")


@strawberry.enum(description="How a stage was entered.")
class StageEntry(Enum):
    BEGAN = strawberry.enum_value("BEGAN", description="From no stage: the first, or after a stage that was no more.")
    FORWARD = strawberry.enum_value("FORWARD", description="From a stage before it.")
    BACK = strawberry.enum_value("BACK", description="From a stage behind it.")


@strawberry.enum(description="Why a stay in a stage ended.")
class StageEnding(Enum):
    MOVED = strawberry.enum_value("MOVED", description="The customer went to another stage.")
    STAGE_ENDED = strawberry.enum_value(
        "STAGE_ENDED", description="No version in force had the stage any more: another began, or the journey ended."
    )
