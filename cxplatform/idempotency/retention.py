"""Forget answers that nobody will ask for again."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cxplatform.idempotency.models import IdempotentCall
from cxplatform.jobs.lease import plane_door
from cxplatform.tenancy.brand import BrandRef

# At one go, so that a sweep never holds a plane up for long; a minute later comes the next.
_AT_ONCE = 10_000


def forget_old_answers(brand: BrandRef | None = None) -> None:
    """Delete a plane's answers that are older than they are kept for; the shared one's for no brand."""
    before = timezone.now() - timedelta(hours=settings.CX_IDEMPOTENCY_HOURS)
    with plane_door(brand):
        old = IdempotentCall.objects.filter(created_at__lt=before).order_by("created_at").values("pk")[:_AT_ONCE]
        IdempotentCall.objects.filter(pk__in=old).delete()
