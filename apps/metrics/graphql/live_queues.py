"""The service level of the day so far, beside how a queue stands now."""

from datetime import timedelta
from typing import Any

import strawberry

from apps.interactions.graphql.working.live import LiveQueue
from apps.interactions.work.live_view import LiveQueue as Row
from apps.metrics import selectors
from apps.metrics.answers import MetricValue as Value
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import Where
from apps.metrics.graphql.types import MetricValue
from apps.metrics.windows import Window, day_of, day_start
from cxplatform.graphql.context import Info
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.registry import extend
from cxplatform.graphql.siblings import siblings_of
from cxplatform.tenancy.doors import current_brand


def _service_level(root: strawberry.Parent[Row], info: Info) -> MetricValue | None:
    def fetch(members: Any) -> dict[str, Value]:
        keys = [each.queue.key for each in members]
        parts = [keys[start : start + selectors.MOST_GROUPS] for start in range(0, len(keys), selectors.MOST_GROUPS)]
        return {key: value for part in parts for key, value in _today(tuple(part), info).items()}

    read: dict[str, Value] = siblings_of(root).load("service level", fetch)  # type: ignore[arg-type]  # a value that is read together with others, as a row is
    return read.get(root.queue.key)  # type: ignore[return-value]  # shown as the type


def _today(keys: tuple[str, ...], info: Info) -> dict[str, Value]:
    """Return the service level of these queues over the brand's local day, where anything was offered."""
    zone = current_brand().zone
    today = day_of(info.context.now, zone)
    window = Window(day_start(today, zone), day_start(today + timedelta(days=1), zone))
    where: Where = ((DimensionKey.QUEUE, tuple(sorted(keys))),)
    by = DimensionKey.QUEUE
    slices = selectors.metric_breakdown(
        "SERVICE_LEVEL", window, by=by, now=info.context.now, top=selectors.MOST_GROUPS, where=where
    )
    return {each.key: each.metric for each in slices if each.key is not None}


def give_service_levels() -> None:
    """Give live queues the service level of the day; before the schema is built."""
    field = strawberry.field(
        resolver=_service_level,
        metadata=priced(Price(1)),
        description="SERVICE_LEVEL of the contacts of today in the brand's zone, so far; null when none came.",
    )
    extend(LiveQueue, "service_level", MetricValue | None, field)
