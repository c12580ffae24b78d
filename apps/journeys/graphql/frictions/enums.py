from enum import Enum

import strawberry


@strawberry.enum(description="What a friction comes from.")
class FrictionCategory(Enum):
    PEOPLE = strawberry.enum_value("PEOPLE", description="Who serves: skill, attitude, too few of them.")
    PROCESS = strawberry.enum_value("PROCESS", description="How it is done: steps, hand-overs, waiting.")
    PRODUCT = strawberry.enum_value("PRODUCT", description="What is used: the site, the app, the thing itself.")
    POLICY = strawberry.enum_value("POLICY", description="What the rules say.")


@strawberry.enum(description="How bad a friction is.")
class FrictionSeverity(Enum):
    LOW = strawberry.enum_value("LOW", description="A nuisance.")
    MEDIUM = strawberry.enum_value("MEDIUM", description="It costs customers effort.")
    HIGH = strawberry.enum_value("HIGH", description="It keeps customers from what they want.")
    CRITICAL = strawberry.enum_value("CRITICAL", description="It does so to very many of them.")


@strawberry.enum(description="How a friction stands.")
class FrictionStatus(Enum):
    PROPOSED = strawberry.enum_value("PROPOSED", description="It was found, and nobody has said yet whether it is one.")
    CONFIRMED = strawberry.enum_value("CONFIRMED", description="Somebody said that it is one.")
    IN_PROGRESS = strawberry.enum_value("IN_PROGRESS", description="It is somebody's task.")
    RESOLVED = strawberry.enum_value("RESOLVED", description="It is no more.")
    DISMISSED = strawberry.enum_value(
        "DISMISSED", description="Somebody said that it is none; it comes back when it is clearly worse."
    )


@strawberry.enum(description="What told of a friction.")
class FrictionRule(Enum):
    REPORTED = strawberry.enum_value("REPORTED", description="A person.")
    SLOW = strawberry.enum_value("SLOW", description="More took longer than the service level allows.")
    FAILING = strawberry.enum_value("FAILING", description="More went with friction or failed than is allowed.")
    REPEATS = strawberry.enum_value("REPEATS", description="More contacts had to be repeated than elsewhere.")
    HARD = strawberry.enum_value("HARD", description="More answers told of great effort than elsewhere.")


@strawberry.enum(description="What shows a friction.")
class EvidenceKind(Enum):
    TOUCHPOINT_EVENT = strawberry.enum_value("TOUCHPOINT_EVENT", description="Something a customer went through.")
    SURVEY_RESPONSE = strawberry.enum_value("SURVEY_RESPONSE", description="An answer.")
    INTERACTION = strawberry.enum_value("INTERACTION", description="A contact.")
