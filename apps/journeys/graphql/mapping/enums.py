from enum import Enum

import strawberry


@strawberry.enum(description="The template every brand's stages are of, in its order.")
class StageKind(Enum):
    AWARENESS = strawberry.enum_value("AWARENESS", description="They hear of the brand.")
    CONSIDERATION = strawberry.enum_value("CONSIDERATION", description="They look into it.")
    PURCHASE = strawberry.enum_value("PURCHASE", description="They buy.")
    DELIVERY = strawberry.enum_value("DELIVERY", description="They receive.")
    USAGE = strawberry.enum_value("USAGE", description="They use what they bought.")
    SUPPORT = strawberry.enum_value("SUPPORT", description="They need help.")
    RENEWAL = strawberry.enum_value("RENEWAL", description="They buy again or stay.")
    ADVOCACY = strawberry.enum_value("ADVOCACY", description="They bring others.")


@strawberry.enum(description="Where a touchpoint meets the customer.")
class TouchpointChannel(Enum):
    ADVERTISEMENT = strawberry.enum_value("ADVERTISEMENT", description="An advertisement.")
    WEB = strawberry.enum_value("WEB", description="The brand's website.")
    APP = strawberry.enum_value("APP", description="The brand's app.")
    STORE = strawberry.enum_value("STORE", description="A shop.")
    DELIVERY = strawberry.enum_value("DELIVERY", description="The parcel and who brings it.")
    INVOICE = strawberry.enum_value("INVOICE", description="An invoice.")
    POST = strawberry.enum_value("POST", description="A letter.")
    EMAIL = strawberry.enum_value("EMAIL", description="An e-mail.")
    PHONE = strawberry.enum_value("PHONE", description="A call.")
    CHAT = strawberry.enum_value("CHAT", description="A chat or a messenger.")
    SOCIAL = strawberry.enum_value("SOCIAL", description="A social network.")
    IN_PERSON = strawberry.enum_value("IN_PERSON", description="A person, face to face.")


@strawberry.enum(description="How a version of a journey stands.")
class JourneyVersionState(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="It may be edited, and is in force never.")
    PUBLISHED = strawberry.enum_value(
        "PUBLISHED", description="It never changes; from `effectiveFrom` until `effectiveUntil` it is in force."
    )
    RETIRED = strawberry.enum_value("RETIRED", description="It was taken out of force.")


@strawberry.enum(description="How it is known whether a promise was kept.")
class PromiseCriterion(Enum):
    BY_HAND = strawberry.enum_value("BY_HAND", description="Somebody says so.")
    WITHIN = strawberry.enum_value("WITHIN", description="What happened at the touchpoint took `withinMs` at most.")
    SMOOTH = strawberry.enum_value("SMOOTH", description="What happened at the touchpoint went SMOOTH.")


@strawberry.enum(description="What became of a stage or a touchpoint.")
class JourneyChangeKind(Enum):
    ADDED = strawberry.enum_value("ADDED", description="It is new.")
    REMOVED = strawberry.enum_value("REMOVED", description="It is gone.")
    MOVED = strawberry.enum_value("MOVED", description="It is elsewhere; of an order changed, the fewest that moved.")
    CHANGED = strawberry.enum_value("CHANGED", description="Something about it is different.")


@strawberry.enum(description="What differs between two versions.")
class JourneyChangeSubject(Enum):
    STAGE = strawberry.enum_value("STAGE", description="A stage.")
    TOUCHPOINT = strawberry.enum_value("TOUCHPOINT", description="A touchpoint.")


@strawberry.enum(description="What a version of a journey may lack.")
class JourneyFindingCode(Enum):
    WEIGHTS_DO_NOT_ADD_UP = strawberry.enum_value(
        "WEIGHTS_DO_NOT_ADD_UP", description="The weights of its touchpoints do not add to 100 percent."
    )
    STAGE_WITHOUT_TOUCHPOINTS = strawberry.enum_value(
        "STAGE_WITHOUT_TOUCHPOINTS", description="Nothing lies in a stage."
    )
    TOUCHPOINT_WITHOUT_PROMISE = strawberry.enum_value(
        "TOUCHPOINT_WITHOUT_PROMISE", description="Nothing is promised there."
    )
    TOUCHPOINT_WITHOUT_MEASUREMENT = strawberry.enum_value(
        "TOUCHPOINT_WITHOUT_MEASUREMENT",
        description="Neither touchpoint events nor survey answers of the last 90 days tell how it goes there.",
    )
    MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL = strawberry.enum_value(
        "MOMENT_OF_TRUTH_WITHOUT_SERVICE_LEVEL", description="Much hangs on it, and nothing says how well it must go."
    )
    TOUCHPOINT_WITHOUT_OWNER = strawberry.enum_value(
        "TOUCHPOINT_WITHOUT_OWNER",
        description="Something happened there in the last 90 days; no version of a journey has it, and no department.",
    )
