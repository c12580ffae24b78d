from datetime import datetime

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional

_ID = "The endpoint."


@strawberry.input(description="An endpoint to be made.")
class CreateWebhookEndpointInput:
    url: str = column("Its address, https://…; of a public machine.")
    events: list[str] = column("What to tell it of, as `response.received`; docs/webhooks.md lists all.")
    description: str | None = optional("What it is for, up to 200 characters.")


@strawberry.input(description="What to change of an endpoint. What is left out stays as it is.")
class ChangeWebhookEndpointInput:
    id: strawberry.ID = column(_ID)
    url: str | None = optional("Its address, https://…; of a public machine.")
    events: list[str] | None = optional("What to tell it of.")
    description: str | None = optional("What it is for, up to 200 characters.")


@strawberry.input(description="Whose secret to change.")
class RotateWebhookSecretInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="Which endpoint to disable.")
class DisableWebhookEndpointInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="Which endpoint to enable.")
class EnableWebhookEndpointInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="Which endpoint to delete.")
class DeleteWebhookEndpointInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="Which endpoint to try.")
class SendTestWebhookInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="What to send again: deliveries, or all that failed since an instant; 1,000 at most.")
class ReplayWebhookDeliveriesInput:
    id: strawberry.ID = column(_ID)
    deliveries: list[strawberry.ID] | None = optional("Which, of this endpoint; what has not ended is left out.")
    failed_since: datetime | None = optional("All that failed and was made then or later, the oldest first.")
