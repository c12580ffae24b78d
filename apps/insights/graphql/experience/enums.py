"""What clients choose from, and are told of, about service and experience."""

from enum import Enum

import strawberry


@strawberry.enum(description="What customers are told apart by.")
class BlindSpotGrouping(Enum):
    BRAND = strawberry.enum_value("BRAND", description="Nothing: all of them together.")
    SEGMENT = strawberry.enum_value("SEGMENT", description="Their segment; for who may see single customers.")
    TOUCHPOINT = strawberry.enum_value("TOUCHPOINT", description="The touchpoints they met; one may be in several.")


@strawberry.enum(description="How service and experience go together.")
class ExperienceQuadrant(Enum):
    BOTH_GOOD = strawberry.enum_value("BOTH_GOOD", description="Served well, on a journey that goes well.")
    BLIND_SPOT = strawberry.enum_value(
        "BLIND_SPOT", description="Served well on a bad journey: satisfaction with the service hides it."
    )
    SERVICE_DRAG = strawberry.enum_value(
        "SERVICE_DRAG", description="Served badly on a journey that goes well: the service spoils it."
    )
    BOTH_BAD = strawberry.enum_value("BOTH_BAD", description="Served badly, on a bad journey.")
    UNCLEAR = strawberry.enum_value("UNCLEAR", description="A side is too near to the bar to say.")


@strawberry.enum(description="What tells how a customer was served, or what it went through.")
class ExperienceSignal(Enum):
    CSAT = strawberry.enum_value("CSAT", description="Service: satisfaction with contacts.")
    FIRST_RESPONSE = strawberry.enum_value(
        "FIRST_RESPONSE", description="Service: how soon somebody replied, against the brand's usual on that channel."
    )
    FIRST_CONTACT_RESOLUTION = strawberry.enum_value(
        "FIRST_CONTACT_RESOLUTION", description="Service: first contacts that needed no other."
    )
    NPS = strawberry.enum_value("NPS", description="Experience: willingness to recommend.")
    EFFORT = strawberry.enum_value("EFFORT", description="Experience: how easy it was, by either CES question.")
    OUTCOME = strawberry.enum_value("OUTCOME", description="Experience: how it went at touchpoints.")
    SERVICE_LEVEL = strawberry.enum_value(
        "SERVICE_LEVEL", description="Experience: whether touchpoints took no longer than their service level."
    )
    PROMISE = strawberry.enum_value("PROMISE", description="Experience: promises kept and broken.")
