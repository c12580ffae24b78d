"""Reckon how customers fare once a day, so that lists can go by it: 500 a step, in the order of their keys."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from apps.customers.health import store_health
from apps.customers.identities.holders import Change
from apps.customers.models import Customer
from apps.insights.health.reading import known_of
from apps.insights.health.scoring import health_of
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "customer-health"
CUSTOMERS_A_STEP: Final = 500
_EVERY: Final = timedelta(days=1)
_FIRST: Final = UUID(int=0)
_TIMEOUT_MS: Final = 60_000


def score_daily(brand: BrandRef) -> None:
    """Ask for it where it was asked for a day ago, is not under way, and there is anybody."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        jobs = Job.objects.filter(kind=JOB_KIND)
        under_way = jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
        asked_for = jobs.filter(created_at__gt=now - _EVERY).exists() or under_way.exists()
        if asked_for or not Customer.objects.exists():
            return
    with brand_tx(brand):
        enqueue(JOB_KIND, {"after": str(_FIRST)}, now=now)
    run_jobs.wake(brand.id)


def score_customers(lease: Lease) -> bool:
    """Score the next customers; True means there are more. Who comes meanwhile has a key that comes later."""
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        after = UUID(lease.args["after"])
        rows = Customer.objects.filter(merged_into__isnull=True, pk__gt=after).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:CUSTOMERS_A_STEP])
        score(keys, now=timezone.now())
        if len(keys) == CUSTOMERS_A_STEP:
            lease.args["after"] = str(keys[-1])
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return len(keys) == CUSTOMERS_A_STEP


def score(customers: Collection[UUID], *, now: datetime) -> int:
    """Score these customers, in the open door; return how many fare otherwise than was stored."""
    return store_health({key: health_of(known).score for key, known in known_of(customers, now=now).items()})


def score_anew(change: Change) -> None:
    """Score who was merged or split at once: what either went through is the other's by now."""
    score([change.target] if change.is_merge else [change.source, change.target], now=change.now)
    if change.is_merge:
        store_health({change.source: None})
