from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.metrics import heatmap, selectors
from apps.metrics.buckets import Grain as GrainKey
from apps.metrics.definitions.vocabulary import DimensionKey, Family
from apps.metrics.definitions.vocabulary import Statistic as StatisticKey
from apps.metrics.graphql import prices
from apps.metrics.graphql.arguments import Filter, Key, Keys, Span, Variant, allowed, key_of, sees_numbers_alone
from apps.metrics.graphql.enums import Comparison, Dimension, Grain, MetricFamily, Statistic
from apps.metrics.graphql.types import MetricDefinition, MetricHeatmap, MetricSeries, MetricSlice, MetricValue
from apps.metrics.windows import Comparison as ComparisonKey
from cxplatform.graphql.columnar import Listed
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

Told = Annotated[
    Statistic | None, strawberry.argument(description="What to tell of durations and scores; MEAN when left out.")
]
Against = Annotated[Comparison | None, strawberry.argument(description="What to compare with.")]
Size = Annotated[Grain, strawberry.argument(description="How large a bucket is.")]
By = Annotated[Dimension, strawberry.argument(description="What to group by.")]
MaybeBy = Annotated[Dimension | None, strawberry.argument(description="What to group by; one group when left out.")]
Top = Annotated[
    int | None,
    strawberry.argument(description="How many groups to show by themselves, 1 to 50, largest first."),
]

# How many groups are shown by themselves when nobody says.
MANY = 10


@strawberry.type
class MetricsQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=prices.A_VALUE,
        description="A metric's value over a window.",
    )
    def metric(
        self,
        info: Info,
        *,
        key: Key,
        window: Span,
        where: Filter = None,
        variant: Variant = None,
        statistic: Told = None,
        compare_to: Against = None,
    ) -> MetricValue | None:
        return selectors.metric_value(  # type: ignore[return-value]  # shown as the type
            key_of(key),
            window.checked(),
            now=info.context.now,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
            variant=variant,
            statistic=_statistic(statistic),
            compare_to=_comparison(compare_to),
        )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=prices.VALUES,
        description="Several metrics' values over one window.",
    )
    def metrics(
        self, info: Info, *, keys: Keys, window: Span, where: Filter = None, compare_to: Against = None
    ) -> list[MetricValue | None] | None:
        found: Any = selectors.metric_values(
            [key_of(key) for key in keys],
            window.checked(),
            now=info.context.now,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
            compare_to=_comparison(compare_to),
        )
        return Listed(found)  # type: ignore[return-value]  # a list, kept so that it is written by column

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=prices.A_SERIES,
        description="A metric over time, every bucket present: at most 2,000 buckets.",
    )
    def metric_series(
        self,
        info: Info,
        *,
        key: Key,
        window: Span,
        grain: Size,
        group_by: MaybeBy = None,
        top: Top = MANY,
        where: Filter = None,
        variant: Variant = None,
        statistic: Told = None,
    ) -> MetricSeries | None:
        return selectors.metric_series(  # type: ignore[return-value]  # shown as the type
            key_of(key),
            window.checked(),
            grain=GrainKey(key_of(grain)),
            now=info.context.now,
            by=_dimension(info, group_by) if group_by else None,
            top=MANY if top is None else top,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
            variant=variant,
            statistic=_statistic(statistic),
        )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=prices.A_BREAKDOWN,
        description="A metric by the values of a dimension: the largest groups, the rows without one, the rest.",
    )
    def metric_breakdown(
        self,
        info: Info,
        *,
        key: Key,
        window: Span,
        group_by: By,
        top: Top = MANY,
        where: Filter = None,
        variant: Variant = None,
        statistic: Told = None,
        compare_to: Against = None,
    ) -> list[MetricSlice] | None:
        found: Any = selectors.metric_breakdown(
            key_of(key),
            window.checked(),
            by=_dimension(info, group_by),
            now=info.context.now,
            top=MANY if top is None else top,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
            variant=variant,
            statistic=_statistic(statistic),
            compare_to=_comparison(compare_to),
        )
        return Listed(found)  # type: ignore[return-value]  # a list, kept so that it is written by column

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=prices.A_HEATMAP,
        description="A metric by the hour of the week, as the brand's wall clocks showed it.",
    )
    def metric_heatmap(
        self,
        info: Info,
        *,
        key: Key,
        window: Span,
        where: Filter = None,
        variant: Variant = None,
        statistic: Told = None,
    ) -> MetricHeatmap | None:
        return heatmap.metric_heatmap(  # type: ignore[return-value]  # shown as the type
            key_of(key),
            window.checked(),
            now=info.context.now,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
            variant=variant,
            statistic=_statistic(statistic),
        )

    @query_field(plane=Plane.VIEWER, requires=Permission.METRICS, description="What the metrics mean.")
    def metric_definitions(
        self,
        info: Info,
        family: Annotated[
            MetricFamily | None, strawberry.argument(description="Of which family; all when left out.")
        ] = None,
    ) -> list[MetricDefinition]:
        found: Any = selectors.metric_definitions(Family(key_of(family)) if family else None)
        return list(found)


def _dimension(info: Info, dimension: Dimension) -> DimensionKey:
    """Return what to group by. Raises: Forbidden, for agents where the role may not see them."""
    if dimension is Dimension.AGENT and not info.context.rights.only_own_work:
        info.context.require(Permission.METRICS_BY_AGENT)
    return DimensionKey(key_of(dimension))


def _statistic(statistic: Statistic | None) -> StatisticKey | None:
    return StatisticKey(key_of(statistic)) if statistic else None


def _comparison(comparison: Comparison | None) -> ComparisonKey | None:
    return ComparisonKey(key_of(comparison)) if comparison else None
