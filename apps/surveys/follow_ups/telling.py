"""Tell once, by webhook, that a follow-up is due and nobody has ended it."""

from django.utils import timezone

from apps.surveys.follow_ups.events import DUE, told_follow_ups
from apps.surveys.models import FollowUp, FollowUpState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

_UNFINISHED = (FollowUpState.OPEN, FollowUpState.IN_PROGRESS)
# At one go; a minute later comes the next.
_AT_ONCE = 1_000


def tell_due(brand: BrandRef) -> None:
    """Tell of those that came due since the last time. A chore of the sweep."""
    now = timezone.now()
    with brand_tx(brand):
        due = FollowUp.objects.filter(state__in=_UNFINISHED, due_at__lte=now, due_told_at__isnull=True)
        rows = list(due.order_by("due_at", "pk").select_for_update(skip_locked=True)[:_AT_ONCE])
        if rows:
            FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(due_told_at=now)
            told_follow_ups(DUE, rows, now)
