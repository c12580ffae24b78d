"""Have themes looked for once a day, as a job of one step, and what another model estimated estimated anew."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from apps.surveys.feedback.enriching import is_stale
from apps.surveys.feedback.marks import ask_for_enrichment
from apps.surveys.models import FeedbackItem
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "feedback-themes"
_EVERY: Final = timedelta(days=1)
_TIMEOUT_MS: Final = 120_000


def look_daily(brand: BrandRef) -> None:
    """Ask for a look where the last was asked for a day ago, and there is anything to look at."""
    now = timezone.now()
    with brand_tx(brand, read_only=True):
        asked_for = Job.objects.filter(kind=JOB_KIND, created_at__gt=now - _EVERY).exists()
        if asked_for or not FeedbackItem.objects.exists():
            return
    with brand_tx(brand):
        enqueue(JOB_KIND, {}, now=now)
    run_jobs.wake(brand.id)


def look_next(lease: Lease) -> bool:
    """Look, as the one step of a job."""
    from apps.surveys.enrichment.choosing import enricher  # noqa: PLC0415  # models of languages load with it
    from apps.surveys.feedback.themes.looking import look_for_themes  # noqa: PLC0415  # numpy, as in fitting lifetimes

    chosen, now = enricher(), timezone.now()
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        look_for_themes(now)
        if is_stale(chosen):
            ask_for_enrichment(now)
    return False
