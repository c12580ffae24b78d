"""What people do with endpoints of webhooks. Each runs in the brand's door; who may is said by the field."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_name
from cxplatform.webhooks.events import checked_events
from cxplatform.webhooks.guarded import NotSent, Why, split_url
from cxplatform.webhooks.models import DeliveryState, EndpointState, WebhookDelivery, WebhookEndpoint, WhyDisabled
from cxplatform.webhooks.sealing import seal_secret
from cxplatform.webhooks.signing import new_secret

MOST_ENDPOINTS: Final = 20
PREVIOUS_SIGNS: Final = timedelta(hours=24)


def create_webhook_endpoint(
    *, actor: Actor, url: str, events: list[str], description: str | None, now: datetime
) -> tuple[WebhookEndpoint, str]:
    """Make an endpoint; the secret is returned this once. Raises: BadInput; Conflict when there are too many."""
    endpoint = WebhookEndpoint(
        url=_checked_url(url),
        description=checked_name(description, "description"),
        events=checked_events(events),
        state=EndpointState.ACTIVE,
        created_at=now,
        updated_at=now,
    )
    if WebhookEndpoint.objects.count() >= MOST_ENDPOINTS:
        raise Conflict(f"A brand has at most {MOST_ENDPOINTS} endpoints.")
    secret = new_secret()
    endpoint.secret = seal_secret(secret, endpoint.id)
    endpoint.save()
    record(actor, "create_webhook_endpoint", endpoint, now, after=_told(endpoint))
    return endpoint, secret


def change_webhook_endpoint(
    *, actor: Actor, endpoint_id: UUID, values: dict[str, Any], now: datetime
) -> WebhookEndpoint:
    """Change where, of what, or the description. Raises: NotFound; BadInput."""
    endpoint = locked_endpoint(endpoint_id)
    before = _told(endpoint)
    if values.get("url") is not None:
        endpoint.url = _checked_url(values["url"])
    if values.get("events") is not None:
        endpoint.events = checked_events(values["events"])
    if "description" in values:
        endpoint.description = checked_name(values["description"], "description")
    _save(endpoint, now)
    record(actor, "change_webhook_endpoint", endpoint, now, before=before, after=_told(endpoint))
    return endpoint


def rotate_webhook_secret(*, actor: Actor, endpoint_id: UUID, now: datetime) -> tuple[WebhookEndpoint, str]:
    """Make a new secret, returned this once; for a day messages are signed by the old one as well. Raises: NotFound."""
    endpoint, secret = locked_endpoint(endpoint_id), new_secret()
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, now + PREVIOUS_SIGNS
    endpoint.secret = seal_secret(secret, endpoint.id)
    _save(endpoint, now)
    record(actor, "rotate_webhook_secret", endpoint, now, after={"previous_until": endpoint.previous_until})
    return endpoint, secret


def disable_webhook_endpoint(*, actor: Actor, endpoint_id: UUID, now: datetime) -> WebhookEndpoint:
    """Send nothing there any more. Raises: NotFound; Conflict."""
    endpoint = locked_endpoint(endpoint_id)
    if endpoint.state != EndpointState.ACTIVE:
        raise Conflict("It is disabled.")
    disable(endpoint, WhyDisabled.BY_HAND, actor=actor, now=now)
    return endpoint


def disable(endpoint: WebhookEndpoint, why: WhyDisabled, *, actor: Actor, now: datetime) -> None:
    """Give a locked endpoint up: what waits for it has failed, and may be replayed once it is enabled again."""
    endpoint.state, endpoint.why_disabled, endpoint.failing_since = EndpointState.DISABLED, why, None
    _save(endpoint, now)
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.FAILED, next_at=None, ended_at=now)
    record(actor, "disable_webhook_endpoint", endpoint, now, after={"why": why.value})


def enable_webhook_endpoint(*, actor: Actor, endpoint_id: UUID, now: datetime) -> WebhookEndpoint:
    """Send there again what happens from now on. Raises: NotFound; Conflict."""
    endpoint = locked_endpoint(endpoint_id)
    if endpoint.state == EndpointState.ACTIVE:
        raise Conflict("It is active.")
    endpoint.state, endpoint.why_disabled = EndpointState.ACTIVE, None
    _save(endpoint, now)
    record(actor, "enable_webhook_endpoint", endpoint, now, after={"state": EndpointState.ACTIVE.value})
    return endpoint


def delete_webhook_endpoint(*, actor: Actor, endpoint_id: UUID, now: datetime) -> None:
    """Delete an endpoint with its secrets and its log. Raises: NotFound."""
    endpoint = locked_endpoint(endpoint_id)
    gone = {"state": "DELETED"}
    record(actor, "delete_webhook_endpoint", endpoint, now, before=_told(endpoint), after=gone)
    endpoint.delete()


def locked_endpoint(endpoint_id: UUID) -> WebhookEndpoint:
    """Return an endpoint that nobody else changes meanwhile. Raises: NotFound."""
    found = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound("There is no such endpoint.")
    return found


def _checked_url(url: str) -> str:
    try:
        split_url(url)
    except NotSent as refused:
        wanted = "It begins with https://." if refused.why is Why.NOT_HTTPS else "This is no address of a receiver."
        raise BadInput(wanted, field="url") from None
    return url


def _save(endpoint: WebhookEndpoint, now: datetime) -> None:
    endpoint.updated_at = now
    endpoint.save()


def _told(endpoint: WebhookEndpoint) -> dict[str, object]:
    # An address may carry what lets one in: its host says which it is.
    return {"host": host_of(endpoint.url), "events": endpoint.events}


def host_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


def record(actor: Actor, action: str, endpoint: WebhookEndpoint, now: datetime, **changed: Any) -> None:
    subject = Subject("WebhookEndpoint", endpoint.id, host_of(endpoint.url))
    record_change(actor=actor, action=action, subject=subject, now=now, **changed)
