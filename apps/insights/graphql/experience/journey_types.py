import strawberry

from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column


@strawberry.type(description="A difference of net promoter scores.")
class RecommendationEffect:
    points: float = column("By how many points.")
    interval: Interval = column("Its 95 % interval.")
    p_value: float = column("How likely so large a difference is by chance.")


@strawberry.type(description="Recommendation by those on one quality of journey, served in one quality.")
class RecommendationCell:
    journey_good: bool = column("Whether their journey lay above the bar.")
    service_good: bool = column("Whether their service did.")
    answers: int = column("How many answered; of each the latest counts.")
    promoters: int = column("How many gave 9 or 10.")
    detractors: int = column("How many gave 0 to 6.")
    nps: float | None = column("Their net promoter score, in points; null without answers.")
    interval: Interval | None = column("Its 95 % interval.")


@strawberry.type(description="What service and journey do to recommendation, apart and together.")
class RecommendationByQuality:
    cells: list[RecommendationCell] = column("All four, the best first.")
    on_bad_journey: RecommendationEffect | None = column(
        "What good service adds to bad on a bad journey; null where a cell has fewer than 10 answers."
    )
    on_good_journey: RecommendationEffect | None = column("The same on a good one: what bad service costs there.")
    interaction: RecommendationEffect | None = column("The second less the first.")


@strawberry.type(description="A touchpoint of a journey: how many customers it goes well for.")
class JourneyLink:
    touchpoint: str = column("Its key.")
    name: str = column("Its name in this version.")
    weight: float = column("Its part of the journey, in percent.")
    share: CustomerShare = column("The customers for whom more went well there than not.")


@strawberry.type(description="How alike the touchpoints of a journey do.")
class JourneyConsistency:
    links: list[JourneyLink] = column("The touchpoints that enough customers went through, in order.")
    too_few: list[JourneyLink] = column("Those that too few went through to count.")
    mean: float | None = column("The weighted mean of their shares; null below two touchpoints.")
    cv: float | None = column("Their weighted standard deviation / mean: 0 is wholly consistent.")
    interval: Interval | None = column("The 95 % interval of that.")
    iqr: float | None = column("The weighted distance between the shares a quarter and three quarters lie below.")
    p_value: float | None = column("How likely they differ as much by chance if all did alike.")
    weakest: JourneyLink | None = column("The weakest link.")
    weakest_p_value: float | None = column("How likely it differs as much from the others by chance (Holm).")
