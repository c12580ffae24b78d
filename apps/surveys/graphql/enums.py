from enum import Enum

import strawberry


@strawberry.enum(description="What a survey asks, and so the scale of its answers.")
class SurveyKind(Enum):
    NPS = strawberry.enum_value("NPS", description="Would you recommend us? 0 to 10.")
    CSAT = strawberry.enum_value("CSAT", description="How satisfied are you? 1 to 5.")
    CES_5 = strawberry.enum_value("CES_5", description="How much effort was it? 1 to 5, 1 being the least.")
    CES_7 = strawberry.enum_value("CES_7", description="How easy was it? 1 to 7, 7 being the easiest.")
    FCR = strawberry.enum_value("FCR", description="Was it solved the first time? 0 or 1.")


@strawberry.enum(description="What the answers to a survey speak of.")
class SurveyScope(Enum):
    TRANSACTIONAL = strawberry.enum_value("TRANSACTIONAL", description="One moment of service.")
    RELATIONAL = strawberry.enum_value("RELATIONAL", description="All there is between customer and brand.")
