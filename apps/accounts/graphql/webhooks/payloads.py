import strawberry

from apps.accounts.graphql.webhooks.types import WebhookDelivery, WebhookEndpoint
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors

_ENDPOINT, _WHY = "The endpoint as it is now.", "Why nothing was changed."
_SHOWN_ONCE = "What messages are signed by; shown this once."


@strawberry.type(description="What became of createWebhookEndpoint.")
class CreateWebhookEndpointPayload:
    endpoint: WebhookEndpoint | None = column(_ENDPOINT, default=None)
    secret: str | None = column(_SHOWN_ONCE, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of changeWebhookEndpoint.")
class ChangeWebhookEndpointPayload:
    endpoint: WebhookEndpoint | None = column(_ENDPOINT, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of rotateWebhookSecret.")
class RotateWebhookSecretPayload:
    endpoint: WebhookEndpoint | None = column(_ENDPOINT, default=None)
    secret: str | None = column(_SHOWN_ONCE, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of disableWebhookEndpoint.")
class DisableWebhookEndpointPayload:
    endpoint: WebhookEndpoint | None = column(_ENDPOINT, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of enableWebhookEndpoint.")
class EnableWebhookEndpointPayload:
    endpoint: WebhookEndpoint | None = column(_ENDPOINT, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of deleteWebhookEndpoint.")
class DeleteWebhookEndpointPayload:
    deleted: bool = column("Whether it is gone.", default=False)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of sendTestWebhook.")
class SendTestWebhookPayload:
    delivery: WebhookDelivery | None = column("The delivery; look again for what became of it.", default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of replayWebhookDeliveries.")
class ReplayWebhookDeliveriesPayload:
    replayed: int | None = column("How many are sent again.", default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)
