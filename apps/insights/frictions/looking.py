"""Have what is hard for customers looked for once a day, as a job of one step."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from apps.journeys.models import Touchpoint
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "frictions"
_EVERY: Final = timedelta(days=1)
_TIMEOUT_MS: Final = 120_000


def look_daily(brand: BrandRef) -> None:
    """Ask for a look where the last was asked for a day ago, and there is anything to look at."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        asked_for = Job.objects.filter(kind=JOB_KIND, created_at__gt=now - _EVERY).exists()
        if asked_for or not Touchpoint.objects.exists():
            return
    with brand_tx(brand):
        enqueue(JOB_KIND, {}, now=now)
    run_jobs.wake(brand.id)


def run_look(lease: Lease) -> bool:
    """Look, as the one step of a job."""
    from apps.insights.frictions.proposing import look_for_frictions  # noqa: PLC0415  # numpy, as in fitting lifetimes

    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        look_for_frictions(now=timezone.now())
    return False
