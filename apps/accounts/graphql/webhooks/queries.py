import strawberry

from apps.accounts.graphql.webhooks.filters import (
    DELIVERY_ORDERS,
    ENDPOINT_ORDERS,
    WebhookDeliveryWhere,
    WebhookEndpointWhere,
)
from apps.accounts.graphql.webhooks.types import WebhookDelivery, WebhookEndpoint
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class WebhookQueries:
    webhook_endpoints: Connection[WebhookEndpoint] | None = root_connection(
        WebhookEndpoint,
        ENDPOINT_ORDERS,
        WebhookEndpointWhere,
        description="Where the brand is told of what happens; the newest first.",
    )
    webhook_deliveries: Connection[WebhookDelivery] | None = root_connection(
        WebhookDelivery,
        DELIVERY_ORDERS,
        WebhookDeliveryWhere,
        description="What was sent to endpoints, as long as that is kept; the newest first.",
    )
