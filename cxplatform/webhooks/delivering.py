"""The job that sends an endpoint what waits for it: some at once, and again while there is more.

The network is never waited for in a transaction. A worker that dies while it sends leaves deliveries that another
takes up a minute later under their same ids: everything arrives at least once.

Who answers slowly holds up nobody else for longer than a turn: after it comes whatever else of the brand waits. One at
which nothing arrives in a slow turn rests for a while, and is then tried with a single delivery.
"""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from django.utils import timezone

from cxplatform.audit.actors import SYSTEM
from cxplatform.faults import reached
from cxplatform.jobs.lease import Lease
from cxplatform.webhooks import outbox
from cxplatform.webhooks.endpoints import disable
from cxplatform.webhooks.events import completed
from cxplatform.webhooks.guarded import NotSent, post
from cxplatform.webhooks.models import DeliveryState, EndpointState, WebhookDelivery, WebhookEndpoint, WhyDisabled
from cxplatform.webhooks.schedule import DISABLED_AFTER, wait_after
from cxplatform.webhooks.sealing import SecretLost, open_secret
from cxplatform.webhooks.signing import signed_headers

AT_ONCE: Final = 10
# Well within the lease.
TIMEOUT_SECONDS: Final = 10.0
# How long nobody else tries what a worker is trying.
CLAIMED: Final = timedelta(seconds=60)
# A turn that took longer is the endpoint's last for now.
SLOW_SECONDS: Final = 2.0
_KEPT_TRIES: Final = 30
_GONE: Final = 410


@dataclass(frozen=True, slots=True)
class Try:
    """What came of sending one delivery."""

    at: datetime
    status: int | None
    why: str | None
    milliseconds: int

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    def written(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(), "status": self.status, "why": self.why, "milliseconds": self.milliseconds}


def deliver(lease: Lease) -> bool:
    """Send the next deliveries of an endpoint; True means there may be more that are due."""
    endpoint_id, now = UUID(lease.args["endpoint"]), timezone.now()
    with lease.door():
        endpoint = WebhookEndpoint.objects.filter(pk=endpoint_id, state=EndpointState.ACTIVE).first()
        if outbox.is_resting(endpoint_id, but=lease.job_id):
            return False
        is_probe = endpoint is not None and outbox.has_rested(lease.args) and endpoint.failing_since is not None
        claimed = _claim(endpoint_id, now, 1 if is_probe else AT_ONCE) if endpoint is not None else []
        if not claimed:
            _come_back(endpoint_id, now)
    if endpoint is None or not claimed:
        return False
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        tries = list(threads.map(lambda each: attempt(endpoint, each), claimed))
    is_slow = time.monotonic() - started > SLOW_SECONDS
    reached("webhook-after-post")
    with lease.door():
        now = timezone.now()
        _write_down(endpoint_id, claimed, tries, now)
        if is_slow:
            _let_others(endpoint_id, tries, now)
    return not is_slow


def _let_others(endpoint_id: UUID, tries: Sequence[Try], now: datetime) -> None:
    """Come back for the rest after what else waits; where nothing arrived, not before the endpoint has rested."""
    if any(each.arrived for each in tries):
        outbox.deliver_at(endpoint_id, now, now=now)
    else:
        outbox.rest(endpoint_id, now=now)


def attempt(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> Try:
    """Send one delivery, signed by every secret that holds."""
    at, started = timezone.now(), time.monotonic()
    status, why = None, None
    try:
        body = orjson.dumps(delivery.payload, option=orjson.OPT_SORT_KEYS)
        held = [open_secret(endpoint.secret, endpoint.id)]
        if (
            endpoint.previous_secret is not None
            and endpoint.previous_until is not None
            and at < endpoint.previous_until
        ):
            held.append(open_secret(endpoint.previous_secret, endpoint.id))
        headers = signed_headers(held, delivery.message_id, int(at.timestamp()), body)
        headers |= {"Content-Type": "application/json", "User-Agent": "cxplatform-webhooks"}
        status = post(endpoint.url, body, headers, timeout=TIMEOUT_SECONDS).status
    except NotSent as refused:
        why = refused.why.value
    except SecretLost:
        why = "SECRET_LOST"
    return Try(at, status, why, round((time.monotonic() - started) * 1_000))


def _claim(endpoint_id: UUID, now: datetime, most: int) -> list[WebhookDelivery]:
    due = WebhookDelivery.objects.filter(endpoint=endpoint_id, state=DeliveryState.WAITING, next_at__lte=now)
    claimed = list(due.order_by("next_at", "id").select_for_update(skip_locked=True)[:most])
    WebhookDelivery.objects.filter(pk__in=[each.pk for each in claimed]).update(next_at=now + CLAIMED)
    for event in {each.event for each in claimed}:
        _complete(event, [each for each in claimed if each.event == event])
    return claimed


def _complete(event: str, claimed: Sequence[WebhookDelivery]) -> None:
    """Put into what is sent, and not into what is stored, what an event's app adds to its data."""
    data = completed(event, [each.payload["data"] for each in claimed])
    for each, told in zip(claimed, data, strict=True):
        each.payload = {**each.payload, "data": told}


def _come_back(endpoint_id: UUID, now: datetime) -> None:
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint_id, state=DeliveryState.WAITING, next_at__gt=now)
    first = waiting.order_by("next_at").values_list("next_at", flat=True).first()
    if first is not None:
        outbox.deliver_at(endpoint_id, first, now=now)


def _write_down(endpoint_id: UUID, sent: Sequence[WebhookDelivery], tries: Sequence[Try], now: datetime) -> None:
    # The endpoint first, as whoever disables or deletes it does.
    endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if endpoint is None:
        return
    waiting = WebhookDelivery.objects.select_for_update().filter(state=DeliveryState.WAITING)
    still = waiting.order_by("pk").in_bulk([each.pk for each in sent])
    for each, came in zip(sent, tries, strict=True):
        if each.pk in still:
            _note(still[each.pk], came, now)
    _judge(endpoint, tries, now)


def _note(delivery: WebhookDelivery, came: Try, now: datetime) -> None:
    delivery.tries += 1
    delivery.log = [*delivery.log, came.written()][-_KEPT_TRIES:]
    wait = None if came.arrived else wait_after(delivery.tries, random.random())  # noqa: S311  # spreads load, no secret
    if came.arrived or wait is None:
        delivery.state = DeliveryState.DELIVERED if came.arrived else DeliveryState.FAILED
        delivery.next_at, delivery.ended_at = None, now
    else:
        delivery.next_at = now + wait
    delivery.save(update_fields=["tries", "log", "state", "next_at", "ended_at"])


def _judge(endpoint: WebhookEndpoint, tries: Sequence[Try], now: datetime) -> None:
    """Keep since when nothing arrives, and give an endpoint up that is gone or failed for days."""
    if endpoint.state != EndpointState.ACTIVE:
        return
    if any(each.status == _GONE for each in tries):
        disable(endpoint, WhyDisabled.GONE, actor=SYSTEM, now=now)
    elif any(each.arrived for each in tries):
        WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since__isnull=False).update(failing_since=None)
    elif endpoint.failing_since is None:
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=now)
    elif now - endpoint.failing_since >= DISABLED_AFTER:
        disable(endpoint, WhyDisabled.FAILING, actor=SYSTEM, now=now)
