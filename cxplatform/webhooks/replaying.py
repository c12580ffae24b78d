"""Sending what nothing happened for: a test, and what was sent before. In the brand's door, as `endpoints`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from cxplatform.audit.actors import Actor
from cxplatform.errors import BadInput, Conflict
from cxplatform.webhooks import outbox
from cxplatform.webhooks.endpoints import locked_endpoint, record
from cxplatform.webhooks.events import PING
from cxplatform.webhooks.models import DeliveryState, EndpointState, WebhookDelivery, WebhookEndpoint

MOST_REPLAYED: Final = 1_000


def send_test_webhook(*, actor: Actor, endpoint_id: UUID, now: datetime) -> WebhookDelivery:
    """Send an active endpoint a message that tells of nothing. Raises: NotFound; Conflict."""
    endpoint = _active(endpoint_id)
    (made,) = outbox.send([endpoint.id], PING, [{}], now=now)
    record(actor, "send_test_webhook", endpoint, now, after={"delivery": str(made)})
    return WebhookDelivery.objects.get(pk=made)


def replay_webhook_deliveries(
    *,
    actor: Actor,
    endpoint_id: UUID,
    delivery_ids: Sequence[UUID] | None,
    failed_since: datetime | None,
    now: datetime,
) -> int:
    """Send again what ended: the deliveries named, or all that failed since an instant, 1,000 at most; say how many.

    They go under the ids they had. Raises: NotFound; BadInput; Conflict for a disabled endpoint.
    """
    if (delivery_ids is None) == (failed_since is None):
        raise BadInput("Name deliveries, or since when they failed.", field="deliveries")
    endpoint = _active(endpoint_id)
    ended = endpoint.deliveries.exclude(state=DeliveryState.WAITING).select_for_update()
    if delivery_ids is not None:
        chosen = ended.filter(pk__in=delivery_ids[:MOST_REPLAYED])
    else:
        chosen = ended.filter(state=DeliveryState.FAILED, created_at__gte=failed_since)
    keys = list(chosen.order_by("created_at", "id").values_list("pk", flat=True)[:MOST_REPLAYED])
    again = WebhookDelivery.objects.filter(pk__in=keys)
    again.update(state=DeliveryState.WAITING, next_at=now, ended_at=None, tries=0)
    if keys:
        outbox.deliver_at(endpoint.id, now, now=now)
    record(actor, "replay_webhook_deliveries", endpoint, now, after={"deliveries": len(keys)})
    return len(keys)


def _active(endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = locked_endpoint(endpoint_id)
    if endpoint.state != EndpointState.ACTIVE:
        raise Conflict("It is disabled: enable it first.")
    return endpoint
