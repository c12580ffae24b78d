from enum import Enum

import strawberry

from apps.insights.graphql.experience.journey_types import RecommendationEffect
from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval, Money
from cxplatform.graphql.columns import column


@strawberry.enum(description="What had become of a customer's journey.")
class RecoveryFate(Enum):
    NEVER_FAILED = strawberry.enum_value("NEVER_FAILED", description="Nothing failed and no promise was broken.")
    RECOVERED = strawberry.enum_value("RECOVERED", description="Something did, and was put right.")
    UNRECOVERED = strawberry.enum_value("UNRECOVERED", description="Something did, and was not.")


@strawberry.enum(description="Whether those recovered recommend more than those who were never failed.")
class RecoveryVerdict(Enum):
    PARADOX = strawberry.enum_value("PARADOX", description="They do, beyond chance.")
    NO_DETECTABLE_DIFFERENCE = strawberry.enum_value(
        "NO_DETECTABLE_DIFFERENCE", description="No difference is to be seen beyond chance."
    )
    WORSE = strawberry.enum_value("WORSE", description="They recommend less, beyond chance.")
    INSUFFICIENT_DATA = strawberry.enum_value(
        "INSUFFICIENT_DATA", description="Fewer than 10 of either answered: nothing can be said."
    )


@strawberry.type(description="Customers of one fate.")
class FateFigures:
    fate: RecoveryFate = column("Which.")
    customers: int = column("How many there are.")
    answers: int = column("How many of them said afterwards whether they recommend.")
    nps: float | None = column("Their net promoter score, in points; null without answers.")
    interval: Interval | None = column("Its 95 % interval.")
    retained: CustomerShare = column(
        "Of those who were customers when the window began, how many still were at its end."
    )


@strawberry.type(description="What putting failures right does.")
class RecoveryEffect:
    fates: list[FateFigures] = column("All three.")
    verdict: RecoveryVerdict = column("What the first of the differences comes to.")
    against_never_failed: RecommendationEffect | None = column(
        "By how much those recovered recommend more than those never failed; null for too few answers."
    )
    against_unrecovered: RecommendationEffect | None = column("The same against those who were not recovered.")


@strawberry.type(description="What a bad interaction costs, against customers who are alike and had a good one.")
class BadInteractionCost:
    affected: int = column("How many customers with a bad one were matched.")
    others: int = column("To how many without.")
    unmatched: int = column("How many with a bad one had nobody alike.")
    lost: Money | None = column("How much less each spends afterwards, on average; null for fewer than 30 of either.")
    low: Money | None = column("The lower end of the 95 % interval of that.")
    high: Money | None = column("The upper end.")
    p_value: float | None = column("How likely so large a difference is by chance.")


@strawberry.type(description="What customers are expected to bring in, and how much of it is at risk.")
class RevenueAtRisk:
    detractor: bool = column("Whether they would not recommend, by their latest answer in the window.")
    exposed: bool = column("Whether the journey failed them in the window, or went with friction.")
    customers: int = column("How many they are.")
    worth: Money | None = column("What they are expected to bring in over twelve months.")
    at_risk: Money | None = column("That of each x the chance that it is a customer no more, added up.")
    low: Money | None = column("The lower end of the 95 % interval of that; null below two customers.")
    high: Money | None = column("The upper end.")
