from typing import Annotated, Any

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.graphql.webhooks import inputs, payloads
from apps.accounts.permissions import Permission
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, given
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field
from cxplatform.webhooks import endpoints, replaying


@strawberry.type
class WebhookMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.CreateWebhookEndpointPayload,
        description="Make an endpoint that is told of what happens, and its secret.",
    )
    def create_webhook_endpoint(
        self, info: Info, input: Annotated[inputs.CreateWebhookEndpointInput, INPUT]
    ) -> payloads.CreateWebhookEndpointPayload | None:
        row, secret = endpoints.create_webhook_endpoint(
            actor=viewer_of(info).actor,
            url=input.url,
            events=input.events,
            description=input.description or None,
            now=info.context.now,
        )
        return payloads.CreateWebhookEndpointPayload(endpoint=row, secret=secret)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.ChangeWebhookEndpointPayload,
        description="Change where an endpoint is, or what it is told of.",
    )
    def change_webhook_endpoint(
        self, info: Info, input: Annotated[inputs.ChangeWebhookEndpointInput, INPUT]
    ) -> payloads.ChangeWebhookEndpointPayload | None:
        values = {name: value for name, value in given(input).items() if name != "id"}
        row = endpoints.change_webhook_endpoint(**_about(info, input), values=values)
        return payloads.ChangeWebhookEndpointPayload(endpoint=row)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.RotateWebhookSecretPayload,
        description="Make a new secret; for 24 hours messages are signed by the old one as well.",
    )
    def rotate_webhook_secret(
        self, info: Info, input: Annotated[inputs.RotateWebhookSecretInput, INPUT]
    ) -> payloads.RotateWebhookSecretPayload | None:
        row, secret = endpoints.rotate_webhook_secret(**_about(info, input))
        return payloads.RotateWebhookSecretPayload(endpoint=row, secret=secret)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.DisableWebhookEndpointPayload,
        description="Send nothing to an endpoint any more; what waits for it has failed.",
    )
    def disable_webhook_endpoint(
        self, info: Info, input: Annotated[inputs.DisableWebhookEndpointInput, INPUT]
    ) -> payloads.DisableWebhookEndpointPayload | None:
        row = endpoints.disable_webhook_endpoint(**_about(info, input))
        return payloads.DisableWebhookEndpointPayload(endpoint=row)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.EnableWebhookEndpointPayload,
        description="Tell an endpoint again of what happens from now on.",
    )
    def enable_webhook_endpoint(
        self, info: Info, input: Annotated[inputs.EnableWebhookEndpointInput, INPUT]
    ) -> payloads.EnableWebhookEndpointPayload | None:
        row = endpoints.enable_webhook_endpoint(**_about(info, input))
        return payloads.EnableWebhookEndpointPayload(endpoint=row)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.DeleteWebhookEndpointPayload,
        description="Delete an endpoint, its secrets and its deliveries.",
    )
    def delete_webhook_endpoint(
        self, info: Info, input: Annotated[inputs.DeleteWebhookEndpointInput, INPUT]
    ) -> payloads.DeleteWebhookEndpointPayload | None:
        endpoints.delete_webhook_endpoint(**_about(info, input))
        return payloads.DeleteWebhookEndpointPayload(deleted=True)

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.SendTestWebhookPayload,
        description="Send an endpoint a message `webhook.test` that tells of nothing.",
    )
    def send_test_webhook(
        self, info: Info, input: Annotated[inputs.SendTestWebhookInput, INPUT]
    ) -> payloads.SendTestWebhookPayload | None:
        row = replaying.send_test_webhook(**_about(info, input))
        return payloads.SendTestWebhookPayload(delivery=row)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=payloads.ReplayWebhookDeliveriesPayload,
        description="Send again what ended, under the ids it had: deliveries by name, or all that failed.",
    )
    def replay_webhook_deliveries(
        self, info: Info, input: Annotated[inputs.ReplayWebhookDeliveriesInput, INPUT]
    ) -> payloads.ReplayWebhookDeliveriesPayload | None:
        keys = input.deliveries or None
        count = replaying.replay_webhook_deliveries(
            **_about(info, input),
            delivery_ids=None if keys is None else [key_of(key, "WebhookDelivery", field="deliveries") for key in keys],
            failed_since=input.failed_since or None,
        )
        return payloads.ReplayWebhookDeliveriesPayload(replayed=count)


def _about(info: Info, input: Any) -> dict[str, Any]:
    return {
        "actor": viewer_of(info).actor,
        "endpoint_id": key_of(input.id, "WebhookEndpoint"),
        "now": info.context.now,
    }
