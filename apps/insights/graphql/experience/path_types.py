"""What failed last before customers left, over the API."""

from enum import Enum

import strawberry

from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column


@strawberry.enum(description="What failed.")
class LossStepKind(Enum):
    TOUCHPOINT = strawberry.enum_value(
        "TOUCHPOINT", description="Something at a touchpoint: its outcome was FAILED, or a promise was broken."
    )
    CONTACT = strawberry.enum_value("CONTACT", description="An inbound contact: abandoned, or not resolved.")


@strawberry.type(description="What failed last, for customers who left and for those who stayed.")
class LossStep:
    kind: LossStepKind | None = column("What failed; null where nothing did.")
    key: str | None = column("The touchpoint's key, or the contact's channel; null where nothing failed.")
    name: str | None = column("Its name; null where nothing failed.")
    left: CustomerShare = column("Of those who left, for how many it was the last.")
    stayed: CustomerShare = column("The same of those who stayed.")
    difference: float | None = column("The first share less the second; null where nobody left or nobody stayed.")
    interval: Interval | None = column("Its 95 % interval; null where too few left or stayed to judge.")
    p_value: float | None = column(
        "How likely so large a difference is by chance, corrected for the number of steps; null as above."
    )
    leads_out: bool = column("Whether it comes before leaving more often than before staying, beyond chance.")


@strawberry.type(description="What failed last before customers left, against those who stayed: an association.")
class LossPath:
    left: int = column("How many who were customers when the window began left in it.")
    stayed: int = column("How many were still customers at its end.")
    steps: list[LossStep] = column("What failed last, the largest difference first; 200 at most.")
