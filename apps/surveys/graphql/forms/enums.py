from enum import Enum

import strawberry


@strawberry.enum(description="What a question of a form is: a scored kind of surveys, or something else.")
class QuestionKind(Enum):
    NPS = strawberry.enum_value("NPS", description="Would you recommend us? 0 to 10.")
    CSAT = strawberry.enum_value("CSAT", description="How satisfied are you? 1 to 5.")
    CES_5 = strawberry.enum_value("CES_5", description="How much effort was it? 1 to 5, 1 being the least.")
    CES_7 = strawberry.enum_value("CES_7", description="How easy was it? 1 to 7, 7 being the easiest.")
    FCR = strawberry.enum_value("FCR", description="Was it solved the first time? 0 or 1.")
    RATING = strawberry.enum_value("RATING", description="A scale of its own, which no metric counts.")
    SINGLE_CHOICE = strawberry.enum_value("SINGLE_CHOICE", description="One of several choices.")
    MULTIPLE_CHOICE = strawberry.enum_value("MULTIPLE_CHOICE", description="Any of several choices.")
    TEXT = strawberry.enum_value("TEXT", description="Words.")


@strawberry.enum(description="How a version of a survey stands.")
class SurveyVersionState(Enum):
    DRAFT = strawberry.enum_value("DRAFT", description="It may be edited, and nobody is asked it.")
    PUBLISHED = strawberry.enum_value("PUBLISHED", description="It never changes; the newest one is what is asked.")


@strawberry.enum(description="What a draft lacks to be published.")
class SurveyFindingCode(Enum):
    NO_MAIN_QUESTION = strawberry.enum_value("NO_MAIN_QUESTION", description="A question of the survey's own kind.")
    MAIN_NOT_REQUIRED = strawberry.enum_value(
        "MAIN_NOT_REQUIRED", description="That the survey's own question must be answered."
    )
    MAIN_PASSED_BY = strawberry.enum_value(
        "MAIN_PASSED_BY", description="That all answers lead to the survey's own question."
    )
    KIND_TWICE = strawberry.enum_value("KIND_TWICE", description="That each scored kind is asked once at most.")
    UNREACHABLE = strawberry.enum_value("UNREACHABLE", description="That some answers lead to a question.")
    UNTRANSLATED = strawberry.enum_value("UNTRANSLATED", description="Words in a language that others are there in.")
    UNREADABLE = strawberry.enum_value("UNREADABLE", description="Contrast between two colours.")
    SCALE_CHANGED = strawberry.enum_value(
        "SCALE_CHANGED", description="A key of its own for a question of another kind or scale."
    )


@strawberry.enum(description="What became of a form or of a question.")
class SurveyChangeKind(Enum):
    ADDED = strawberry.enum_value("ADDED", description="It is new.")
    REMOVED = strawberry.enum_value("REMOVED", description="It is gone.")
    MOVED = strawberry.enum_value("MOVED", description="It is elsewhere; of an order changed, the fewest that moved.")
    CHANGED = strawberry.enum_value("CHANGED", description="Something about it is different.")
