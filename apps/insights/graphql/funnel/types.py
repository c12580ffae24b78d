import strawberry

from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column


@strawberry.type(description="A share of customers.")
class FunnelShare:
    numerator: int = column("How many.")
    denominator: int = column("Of how many.")
    value: float | None = column("The share, 0 to 1; null of nobody.")
    interval: Interval | None = column("Where the true share lies, by Wilson.")


@strawberry.type(description="Those who entered a stage in the window, and what became of them by now.")
class FunnelStage:
    key: str = column("The stage, by key.")
    name: str = column("Its name in the version.")
    entered: int = column("Customers with a visit of the stage that began in the window; each once.")
    went_on: int = column("Those of them who entered a later stage afterwards, whenever, others skipped or not.")
    still_in: int = column("Those who are in it still: what will become of them is not known yet.")
    left_otherwise: int = column("Those who left it and entered no later stage since.")
    conversion: FunnelShare = column("Those who went on, of all who entered.")
    settled_conversion: FunnelShare = column("Those who went on, of all who are not in it still.")
    median_seconds: float | None = column(
        "After how long half have left the stage, by Kaplan and Meier: who is in it still counts as lasting so long."
        " Within 1 %; null where too many are in it to tell."
    )
    p90_seconds: float | None = column("After how long nine of ten have, likewise.")


@strawberry.type(description="How customers got from stage to stage.")
class Funnel:
    version_id: strawberry.ID = column("The global id of the version by whose stages it is told.")
    version_number: int = column("That version's number.")
    stages: list[FunnelStage] = column("Its stages, in their order.")
