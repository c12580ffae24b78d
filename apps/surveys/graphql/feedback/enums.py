from enum import Enum

import strawberry


@strawberry.enum(description="Where a customer said something.")
class FeedbackSource(Enum):
    SURVEY = strawberry.enum_value("SURVEY", description="In the comment of an answer to a survey.")
    EMAIL = strawberry.enum_value("EMAIL", description="In an e-mail.")
    CHAT = strawberry.enum_value("CHAT", description="In a chat or a message.")
    CALL = strawberry.enum_value("CALL", description="In a call that was written down.")
    SOCIAL = strawberry.enum_value("SOCIAL", description="On a social network.")
    OTHER = strawberry.enum_value("OTHER", description="Elsewhere.")


@strawberry.enum(description="How a customer feels, by an estimate.")
class SentimentLabel(Enum):
    VERY_NEGATIVE = strawberry.enum_value("VERY_NEGATIVE", description="A score of -0.6 at most.")
    NEGATIVE = strawberry.enum_value("NEGATIVE", description="A score above that, and of -0.05 at most.")
    NEUTRAL = strawberry.enum_value("NEUTRAL", description="A score between -0.05 and 0.05.")
    POSITIVE = strawberry.enum_value("POSITIVE", description="A score of 0.05 at least, and below 0.6.")
    VERY_POSITIVE = strawberry.enum_value("VERY_POSITIVE", description="A score of 0.6 at least.")
