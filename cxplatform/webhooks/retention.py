"""Forget deliveries that ended long ago, and the jobs that sent them."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.models import WebhookDelivery
from cxplatform.webhooks.outbox import KIND

# At one go, so that a sweep never holds a brand up for long; a minute later comes the next.
_AT_ONCE = 5_000


def forget_old_deliveries(brand: BrandRef) -> None:
    """Delete what is older than the log is kept."""
    before = timezone.now() - timedelta(days=settings.CX_WEBHOOK_LOG_DAYS)
    with brand_tx(brand):
        old = WebhookDelivery.objects.filter(ended_at__lt=before).order_by("ended_at").values("pk")[:_AT_ONCE]
        WebhookDelivery.objects.filter(pk__in=old).delete()
        done = Job.objects.filter(kind=KIND, state=JobState.DONE, finished_at__lt=before).values("pk")[:_AT_ONCE]
        Job.objects.filter(pk__in=done).delete()
