from typing import Any

import strawberry

from apps.accounts.permissions import Permission
from apps.metrics import selectors
from apps.metrics.graphql.arguments import Filter, Keys, Span, allowed, key_of, sees_numbers_alone
from apps.metrics.graphql.types import MetricValue
from apps.metrics.topics import numbers_topic
from cxplatform.graphql.context import Info
from cxplatform.graphql.roots import live_field


@strawberry.type
class MetricSubscriptions:
    @live_field(
        requires=Permission.METRICS,
        description=(
            "Several metrics' values over one window, now and again whenever a number of them moved. Every event tells "
            "all of the keys, in their order, as of one moment; that only asOf or provisional changed is no event."
        ),
    )
    def metric_changed(
        self, info: Info, *, keys: Keys, window: Span, where: Filter = None
    ) -> list[MetricValue | None] | None:
        found = selectors.metric_values(
            [key_of(key) for key in keys],
            window.checked(),
            now=info.context.now,
            where=allowed(info, where),
            in_blocks=sees_numbers_alone(info),
        )
        brand = info.context.need_brand()
        for value in found:
            info.context.follow(numbers_topic(brand.id, value.definition.fact.topic))
            info.context.push_when_changed(value.numbers)
        shown: Any = list(found)
        return shown  # type: ignore[no-any-return]  # values, shown as the type
