"""What came of follow-ups, over the API."""

from enum import Enum

import strawberry

from apps.insights.graphql.experience.journey_types import RecommendationEffect
from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval
from apps.surveys.graphql.follow_ups.enums import RecoveryOutcome
from cxplatform.graphql.columns import column


@strawberry.enum(description="What follow-ups are told apart by.")
class FollowUpGrouping(Enum):
    BRAND = strawberry.enum_value("BRAND", description="Not at all: one group.")
    SURVEY = strawberry.enum_value("SURVEY", description="The survey whose answer opened them.")
    DEPARTMENT = strawberry.enum_value("DEPARTMENT", description="The department whose task they are.")


@strawberry.type(description="How many follow-ups ended in a way.")
class FollowUpOutcomeCount:
    outcome: RecoveryOutcome = column("Which.")
    count: int = column("How many.")


@strawberry.type(description="Customers whose last follow-up of the window ended in a way, and what they did after it.")
class FollowUpAfterwards:
    customers: int = column("How many there are.")
    answers: int = column("How many of them said afterwards whether they recommend; of each the latest answer counts.")
    nps: float | None = column("Their net promoter score, in points; null without answers.")
    interval: Interval | None = column("Its 95 % interval.")
    returned: CustomerShare = column("Of those for whom all the days after it have passed, how many bought again.")


@strawberry.type(description="By how much more of those won back bought again.")
class FollowUpReturn:
    difference: float = column("The share of those won back less that of the others.")
    interval: Interval | None = column("Its 95 % interval.")
    p_value: float | None = column("How likely so large a difference is by chance; null where all or none did.")


@strawberry.type(description="What came of the follow-ups of a group that were opened in a window.")
class FollowUpOutcomes:
    key: str | None = column("The key of the survey or department; null for all, or for what is no department's.")
    label: str | None = column("Its name; null as above.")
    opened: int = column("How many were opened.")
    outcomes: list[FollowUpOutcomeCount] = column("How many ended, by outcome: all four.")
    dismissed: int = column("How many turned out not to be needed.")
    unfinished: int = column("How many nobody has closed yet.")
    in_time: CustomerShare = column(
        "Of the follow-ups that were closed, or are due and not dismissed, how many were closed until they were due."
    )
    median_seconds: float | None = column("The median time from opening to closing; null where none was closed.")
    recovered: FollowUpAfterwards = column("Customers who were won back.")
    not_recovered: FollowUpAfterwards = column("Customers who were reached and stayed unhappy.")
    recommending: RecommendationEffect | None = column(
        "By how much more the first recommend; null for fewer than 10 answers of either."
    )
    returning: FollowUpReturn | None = column(
        "By how much more of the first bought again; null for fewer than 10 of either."
    )
