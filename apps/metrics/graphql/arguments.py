"""The arguments that several metric fields share, and what becomes of them."""

from enum import Enum
from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import Where
from apps.metrics.graphql.enums import MetricKey
from apps.metrics.graphql.inputs import MetricWhere, WindowInput, filter_of
from apps.metrics.scoping import own_work
from cxplatform.graphql.context import Info

Key = Annotated[MetricKey, strawberry.argument(description="Which metric.")]
Keys = Annotated[list[MetricKey], strawberry.argument(description="Which metrics, 50 at most.")]
Span = Annotated[WindowInput, strawberry.argument(description="Over which time.")]
Filter = Annotated[MetricWhere | None, strawberry.argument(description="Of which rows; all when left out.")]
Variant = Annotated[str | None, strawberry.argument(description="How to compute it; the default when left out.")]


def allowed(info: Info, where: MetricWhere | None) -> Where:
    """Return the filter, narrowed to what the viewer may see. Raises: BadInput; Forbidden."""
    given = filter_of(where)
    if info.context.rights.only_own_work:
        return own_work(given, info.context.viewer.member_id)
    if DimensionKey.AGENT in dict(given):
        info.context.require(Permission.METRICS_BY_AGENT)
    return given


def sees_numbers_alone(info: Info) -> bool:
    """Tell whether the viewer may see numbers and no rows, so that no answer may be told from them."""
    return not info.context.rights.may(Permission.DRILL_DOWN)


def key_of(value: Enum) -> str:
    """Return an enum's value as the selectors take it."""
    return str(value.value)
