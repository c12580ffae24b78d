import strawberry

from apps.journeys.graphql.filters import TouchpointEventWhere
from apps.journeys.graphql.orders import TOUCHPOINT_EVENT_ORDERS
from apps.journeys.graphql.types import TouchpointEvent
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class TouchpointEventQueries:
    touchpoint_events: Connection[TouchpointEvent] | None = root_connection(
        TouchpointEvent,
        TOUCHPOINT_EVENT_ORDERS,
        TouchpointEventWhere,
        description="What customers went through at touchpoints.",
    )
