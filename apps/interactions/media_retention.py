"""Remove references to recordings and transcripts that are older than the brand keeps them."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from apps.interactions.models import MediaReference
from apps.interactions.service_settings import service_settings
from cxplatform.audit.actors import SYSTEM
from cxplatform.audit.trail import Subject, record_change
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand

JOB_KIND: Final = "remove-old-media-references"
MOST_AT_ONCE: Final = 5_000


def kept_since(now: datetime) -> datetime | None:
    """Return from when on references are kept: the beginning of a day in the brand's zone. None: they all are."""
    days = service_settings().media_days
    if days is None:
        return None
    zone = current_brand().zone
    first = now.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(first, time(), zone).astimezone(UTC)


def watch_retention(brand: BrandRef, now: datetime) -> None:
    """Have old references removed if there are any, and nobody is at it."""
    with brand_tx(brand, read_only=True):
        since = kept_since(now)
        if since is None or not MediaReference.objects.filter(at__lt=since).exists():
            return
    with brand_tx(brand):
        unfinished = Job.objects.filter(kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING])
        if not unfinished.exists():
            enqueue(JOB_KIND, {}, now=now)
    run_jobs.wake(brand.id)


def remove_old(lease: Lease) -> bool:
    """Remove the oldest references that are kept no more, and write down how many; True means there may be more."""
    with lease.door():
        now = timezone.now()
        since = kept_since(now)
        old = (
            MediaReference.objects.filter(at__lt=since).order_by("at", "id") if since else MediaReference.objects.none()
        )
        ids = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
        if ids:
            MediaReference.objects.filter(pk__in=ids).delete()
            record_change(
                actor=SYSTEM,
                action="remove_old_media_references",
                subject=Subject("MediaReference"),
                now=now,
                after={"removed": len(ids), "from_before": since},
            )
        return len(ids) == MOST_AT_ONCE
