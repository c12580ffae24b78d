import strawberry

from apps.insights.graphql.experience.enums import ExperienceQuadrant, ExperienceSignal
from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column


@strawberry.type(description="A share of customers, or of what happened to them.")
class CustomerShare:
    value: float | None = column("The share; null of nobody.")
    good: int = column("How many are.")
    of: int = column("Of how many.")
    interval: Interval | None = column("Its 95 % interval; null of nobody.")


@strawberry.type(description="A group's content with the service against how it fares with the whole.")
class BlindSpotGroup:
    key: str | None = column("The segment, or the touchpoint's key; null for all, and for who has no segment.")
    label: str = column("The same, for people.")
    customers: int = column("How many customers of either side there are.")
    suppressed: bool = column("Whether its numbers are hidden so that nobody's answer can be read.")
    service: CustomerShare | None = column("Who is content with the service; null where hidden.", default=None)
    experience: CustomerShare | None = column(
        "Who fares well: by the latest NPS answer or, at a touchpoint, by what happened there. Null where hidden.",
        default=None,
    )
    paired: bool = column(
        "Whether `delta` and its test are of those of whom both are known; of all, where these are too few.",
        default=False,
    )
    pairs: int | None = column("Of how many customers both are known; null where hidden.", default=None)
    delta: float | None = column("The first share less the second; null where one is unknown or hidden.", default=None)
    interval: Interval | None = column("Where the true difference lies.", default=None)
    p_value: float | None = column(
        "How likely so large a difference is by chance, all groups looked at together (Holm); null for too few.",
        default=None,
    )
    significant: bool | None = column("Whether that is below 0.05.", default=None)
    quadrant: ExperienceQuadrant | None = column("Where both shares put it; null for too few.", default=None)
    found: bool = column("Whether it is a blind spot or a service drag, and more than chance.", default=False)


@strawberry.type(description="How many customers stand in a quadrant.")
class QuadrantCount:
    quadrant: ExperienceQuadrant = column("Which.")
    customers: int = column("How many.")
    beyond_chance: int = column("How many of them with both sides there beyond chance.")


@strawberry.type(description="A touchpoint that pulls customers' experience down, and why.")
class ExperienceOffender:
    touchpoint: str = column("Its key.")
    name: str = column("Its name.")
    customers: int = column("How many of the customers in question it failed.")
    pull: float = column("By how many standard deviations what happened there fell short, added up.")
    reasons: list[str] = column("What went wrong there, in words, the most serious first.")


@strawberry.type(description="What one signal says of a customer.")
class SignalReading:
    signal: ExperienceSignal = column("Which.")
    items: int = column("On how many things that happened it rests; a touchpoint's of one day are one.")
    z: float = column("How many of the brand's standard deviations they lie above the bar, on average.")


@strawberry.type(description="How well a side does by a customer.")
class SideQuality:
    z: float = column("The mean of its signals: standard deviations above the bar.")
    error: float = column("The standard error of that.")
