"""What is to be told is written down in the transaction in which it happens, so that neither is there alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand
from cxplatform.webhooks.models import DeliveryState, EndpointState, WebhookDelivery, WebhookEndpoint

KIND: Final = "deliver-webhooks"
# What is due sooner than this would wait for the sweep.
_SWEEP_SECONDS: Final = 120
_JUST_AFTER: Final = 0.1
# How long nobody tries an endpoint that let everybody wait in vain.
REST: Final = timedelta(seconds=30)


def tell(event: str, happened: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    """Have all active endpoints that asked for the event told of each of these, in the open door."""
    if not happened:
        return
    endpoints = list(_listening(event).order_by("id").values_list("pk", flat=True))
    send(endpoints, event, happened, now=now)


def is_heard(event: str) -> bool:
    """Tell whether the open door's brand has an active endpoint that asked for the event."""
    return _listening(event).exists()


def _listening(event: str) -> "QuerySet[WebhookEndpoint]":
    return WebhookEndpoint.objects.filter(state=EndpointState.ACTIVE, events__contains=[event])


def send(endpoints: Iterable[UUID], event: str, happened: Sequence[Mapping[str, Any]], *, now: datetime) -> list[UUID]:
    """Write one delivery an endpoint and happening; return their ids."""
    made = [
        WebhookDelivery(
            endpoint_id=endpoint,
            event=event,
            payload={"type": event, "timestamp": now.isoformat(), "data": dict(data)},
            state=DeliveryState.WAITING,
            next_at=now,
            created_at=now,
        )
        for endpoint in endpoints
        for data in happened
    ]
    WebhookDelivery.objects.bulk_create(made)
    for endpoint in sorted({each.endpoint_id for each in made}):
        deliver_at(endpoint, now, now=now)
    return [each.id for each in made]


def deliver_at(endpoint: UUID, at: datetime, *, now: datetime) -> None:
    """Have a worker look after an endpoint's deliveries then: it is woken, at what is far off by the sweep."""
    args = {"endpoint": str(endpoint)}
    if at <= now:
        enqueue(KIND, args, now=now)
        transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    elif not Job.objects.filter(kind=KIND, args=args, state=JobState.QUEUED, run_after__lte=at).exists():
        _enqueue_for(args, at, now)


def rest(endpoint: UUID, *, now: datetime) -> None:
    """Have nobody try an endpoint for a while, whatever is told meanwhile; then a worker looks after it."""
    args = _rested(endpoint)
    if not Job.objects.filter(kind=KIND, args=args, state=JobState.QUEUED).exists():
        _enqueue_for(args, now + REST, now)


def is_resting(endpoint: UUID, *, but: UUID) -> bool:
    """Tell whether another job than this one looks after an endpoint once it has rested."""
    unfinished = Job.objects.filter(kind=KIND, state__in=[JobState.QUEUED, JobState.RUNNING])
    return unfinished.filter(args=_rested(endpoint)).exclude(pk=but).exists()


def has_rested(args: Mapping[str, Any]) -> bool:
    """Tell whether a job of these arguments is the first after a rest."""
    return bool(args.get("rested"))


def _rested(endpoint: UUID) -> dict[str, Any]:
    return {"endpoint": str(endpoint), "rested": True}


def _enqueue_for(args: dict[str, Any], at: datetime, now: datetime) -> None:
    enqueue(KIND, args, now=now, run_after=at)
    seconds = (at - now).total_seconds()
    if seconds < _SWEEP_SECONDS:
        wake = partial(run_jobs.wake_later, current_brand().id, seconds + _JUST_AFTER)
        transaction.on_commit(wake, robust=True)
