"""Endpoints of a brand, with the secrets they were given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from cxplatform.audit.actors import OPERATOR
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks import endpoints, outbox
from cxplatform.webhooks.models import WebhookDelivery, WebhookEndpoint

RECEIVED = "response.received"


def endpoint(brand: BrandRef, url: str, now: datetime, *events: str) -> tuple[UUID, str]:
    with brand_tx(brand):
        made, secret = endpoints.create_webhook_endpoint(
            actor=OPERATOR, url=url, events=list(events) or [RECEIVED], description=None, now=now
        )
    return made.id, secret


def tell(brand: BrandRef, now: datetime, *happened: dict[str, Any]) -> None:
    with brand_tx(brand):
        outbox.tell(RECEIVED, happened, now=now)


def deliveries(brand: BrandRef) -> list[WebhookDelivery]:
    with brand_tx(brand):
        return list(WebhookDelivery.objects.order_by("created_at", "id"))


def stored(brand: BrandRef, key: UUID) -> WebhookEndpoint:
    with brand_tx(brand):
        return WebhookEndpoint.objects.get(pk=key)
