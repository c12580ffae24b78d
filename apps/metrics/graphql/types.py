from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from apps.metrics import selectors
from apps.metrics.graphql.enums import Direction, MetricFamily, MetricKey, MetricUnit, SliceKind, Statistic
from apps.metrics.graphql.prices import A_GUARD_RAIL
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.prices import priced
from cxplatform.graphql.scalars import CurrencyCode
from cxplatform.tenancy.doors import current_brand


@strawberry.type(description="An amount of money.")
class Money:
    amount: Decimal = column("How much, in major units.")
    currency: CurrencyCode = column("In which currency.")


@strawberry.type(description="A half-open span of time.")
class Window:
    start: datetime = strawberry.field(name="from", description="The first instant in it.")
    end: datetime = strawberry.field(name="to", description="The first instant after it.")


@strawberry.type(description="One way to compute a metric.")
class MetricVariant:
    key: str = column("Its key, for the argument `variant`.")
    description: str = column("What it counts.")
    unit: MetricUnit | None = column("What its values count in, where that is not the metric's unit.")
    statistics: list[Statistic] = column("What can be told of its distribution; empty for rates and counts.")


@strawberry.type(description="A number that a definition fixes.")
class MetricParameter:
    name: str = column("Its name.")
    value: float = column("Its value.")
    unit: str = column("What the value counts in.")
    description: str = column("What it decides.")


@strawberry.type(description="What a metric means.")
class MetricDefinition:
    key: MetricKey = column("Its key.")
    version: int = column("Rises with every change of what it counts.")
    name: str = column("Its name.")
    family: MetricFamily = column("The question it answers.")
    unit: MetricUnit = column("What its values count in.")
    direction: Direction = column("Which way is better.")
    description: str = column("What is counted, and what is left out.")
    formula: str = column("How it is computed, in its default variant.")
    source: str = column("Where the definition comes from.")
    variants: list[MetricVariant] = column("The ways to compute it, the default first.")
    parameters: list[MetricParameter] = column("The numbers it fixes.")


@strawberry.type(description="Where the true value lies.")
class Interval:
    low: float = column("Its lower end.")
    high: float = column("Its upper end.")
    level: float = column("How often such an interval holds the true value.")
    method: str = column("How it was computed.")


@strawberry.type(description="A metric's value in the window compared with.")
class PreviousValue:
    value: float | None = column("The value; null where there is no data or it is suppressed.")
    sample_size: int = column("How many rows it rests on.")
    window: Window = column("The window.")


@strawberry.type(description="A number with all that is needed to judge it.")
class MetricValue:
    key: MetricKey = column("Which metric.")
    variant: str = column("How it was computed.")
    statistic: Statistic | None = column("What is told of the distribution; null for rates and counts.")
    unit: MetricUnit = column("What the value counts in.")
    value: float | None = column("The value; null where there is no data or it is suppressed, never 0 for that.")
    numerator: float | None = column("Above the line; null for quantiles.")
    denominator: float | None = column("Below the line; null for counts and quantiles.")
    sample_size: int = column("How many rows the value rests on.")
    excluded: int | None = column(
        "How many rows were left out because what the metric needs of them is unknown; null where nothing can be."
    )
    interval: Interval | None = column("Its 95 % interval; null where none can be told.")
    previous: PreviousValue | None = column("What it was in the window compared with.")
    delta: float | None = column("The value less the previous one.")
    p_value: float | None = column("How likely so large a difference is by chance; null where no test fits.")
    significant: bool | None = column("Whether the p-value is below 0.05.")
    definition: MetricDefinition = column("What the metric means.")
    as_of: datetime = column("The latest event the number knows of.")
    provisional: bool = column("Whether it may still change by itself.")
    suppressed: bool = column("Whether it is hidden to protect people.")
    suppression_reason: str | None = column("Why it is hidden.")
    unavailable_reason: str | None = column(
        "Why there is no value although it is not hidden: the data cannot bear the model it rests on, or none was"
        " fitted."
    )

    @strawberry.field(description="The amount, for metrics that are money.")  # type: ignore[untyped-decorator]  # strawberry's
    def money(self: Any) -> Money | None:
        amount = self.money
        return None if amount is None else Money(amount=amount, currency=CurrencyCode(current_brand().currency))

    @strawberry.field(
        description="The metric that keeps this one honest, over the same contacts.", metadata=priced(A_GUARD_RAIL)
    )  # type: ignore[untyped-decorator]  # strawberry's
    def guard_rail(self: Any, info: Info) -> "MetricValue | None":
        if self.guard is None:
            return None
        found = selectors.guard_rail(self.guard, now=info.context.now)
        info.context.push_when_changed(found.numbers)
        return found  # type: ignore[return-value]  # a value, shown as the type


@strawberry.type(description="One group of a breakdown.")
class MetricSlice:
    kind: SliceKind = column("What it stands for.")
    key: str | None = column("The value, as filters take it; null for NONE and OTHER.")
    label: str = column("The value, for people.")
    metric: MetricValue = column("Its number.")


@strawberry.type(description="One bucket of a series.")
class MetricPoint:
    start: datetime = column("Its first instant.")
    end: datetime = column("The first instant after it.")
    value: float | None = column("The value; null where there is no data or it is suppressed.")
    sample_size: int = column("How many rows it rests on.")
    low: float | None = column("The lower end of its 95 % interval.")
    high: float | None = column("The upper end of its 95 % interval.")
    provisional: bool = column("Whether it may still change by itself.")
    suppressed: bool = column("Whether it is hidden to protect people.")


@strawberry.type(description="One group of a series.")
class SeriesGroup:
    kind: SliceKind = column("What it stands for.")
    key: str | None = column("The value, as filters take it; null for NONE, OTHER and a series without groups.")
    label: str = column("The value, for people.")
    points: list[MetricPoint] = column("Every bucket of the window, in order.")


@strawberry.type(description="A metric over time.")
class MetricSeries:
    key: MetricKey = column("Which metric.")
    unit: MetricUnit = column("What its values count in.")
    groups: list[SeriesGroup] = column("One group, or the largest groups of the dimension.")


@strawberry.type(description="One hour of the week.")
class HeatmapCell:
    weekday: int = column("The ISO weekday: 1 is Monday, 7 Sunday.")
    hour: int = column("The hour that the brand's wall clocks showed, 0 to 23.")
    value: float | None = column("The value; null where there is no data or it is suppressed.")
    sample_size: int = column("How many rows it rests on.")
    suppressed: bool = column("Whether it is hidden to protect people.")


@strawberry.type(description="A metric by the hour of the week.")
class MetricHeatmap:
    unit: MetricUnit = column("What the values count in.")
    cells: list[HeatmapCell] = column("All 168 hours of the week, from Monday's first, in order.")
