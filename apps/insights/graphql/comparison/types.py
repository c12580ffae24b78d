from datetime import datetime

import strawberry

from apps.insights.graphql.comparison.enums import DefinitionStanding, DefinitionSubject
from apps.metrics.graphql.enums import MetricUnit
from apps.metrics.graphql.types import Interval, MetricDefinition, Window
from cxplatform.graphql.columns import column


@strawberry.type(description="How many rows a definition puts somewhere for one reason.")
class ReasonCount:
    reason: str = column("Why.")
    count: int = column("How many.")


@strawberry.type(description="What a definition comes to over the rows compared.")
class DefinitionResult:
    value: float | None = column("The value; null where nothing is below the line.")
    numerator: float = column("Above the line.")
    denominator: float = column("Below the line.")
    sample_size: int = column("How many rows are below the line.")
    interval: Interval | None = column("Its 95 % interval; null where none can be told.")
    left_out: list[ReasonCount] = column("Why rows that were looked at do not count, the most frequent reason first.")
    failing: list[ReasonCount] = column("Why rows that count do not meet it, the most frequent reason first.")


@strawberry.type(description="So many rows that two definitions treat otherwise, for one reason.")
class DefinitionDisagreement:
    ours: DefinitionStanding = column("Where our definition puts them.")
    theirs: DefinitionStanding = column("Where the other does.")
    reason: str = column("Why: the reason of the one that turns them down, or why both count them with other numbers.")
    count: int = column("How many.")


@strawberry.type(description="What another definition counts otherwise than ours.")
class DefinitionDifference:
    delta: float | None = column("Its value less ours.")
    agreeing: int = column("How many rows both count alike.")
    only_ours: int = column("How many count by ours alone.")
    only_theirs: int = column("How many count by theirs alone.")
    otherwise: int = column("How many count by both, and meet one of them alone or add other numbers.")
    disagreements: list[DefinitionDisagreement] = column("All that differ, the most frequent first.")


@strawberry.type(description="A vendor's published definition, and what it comes to over the same rows.")
class VendorDefinition:
    key: str = column("Its key, for the argument `definition`.")
    vendor: str = column("Who publishes it.")
    name: str = column("What the vendor calls it.")
    description: str = column("What is counted.")
    formula: str = column("How it is computed.")
    source: str = column("Where it is published.")
    caveat: str | None = column("What our rows do not tell, or the text leaves open, and what was chosen.")
    unit: MetricUnit = column("What its values count in.")
    result: DefinitionResult = column("What it comes to.")
    difference: DefinitionDifference = column("What it counts otherwise than ours.")


@strawberry.type(description="The same rows under our definition and under what vendors publish.")
class DefinitionComparison:
    subject: DefinitionSubject = column("What is compared.")
    window: Window = column("Over which time.")
    definition: MetricDefinition = column("Our definition.")
    variant: str = column("In which variant.")
    ours: DefinitionResult = column("What ours comes to: what `metric` answers.")
    vendors: list[VendorDefinition] = column("The others.")
    as_of: datetime = column("The latest event the numbers know of.")
    provisional: bool = column("Whether they may still change by themselves.")
