"""Look for whom running campaigns ask, and let what nobody answered expire. Opens doors itself, one a page."""

import time

from django.utils import timezone

from apps.surveys.campaigns.planning import plan, running
from apps.surveys.invitations.expiring import expire, something_expires
from apps.surveys.models import Campaign
from cxplatform.faults import reached
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx


def look(brand: BrandRef, *, seconds: float = 50.0) -> bool:
    """Look for at most about so long; True when time ran out before the work."""
    deadline = time.monotonic() + seconds
    with brand_tx(brand, read_only=True):
        campaigns = list(Campaign.objects.filter(running()).order_by("pk").values_list("pk", flat=True))
    for campaign in campaigns:
        while plan(brand, campaign, now=timezone.now()):
            reached("look-page-committed")
            if time.monotonic() >= deadline:
                return True
    while _expire(brand):
        if time.monotonic() >= deadline:
            return True
    return False


def something_to_look_for(brand: BrandRef) -> bool:
    """Tell whether the brand has running campaigns, or invitations whose time is over."""
    with brand_tx(brand, read_only=True):
        return Campaign.objects.filter(running()).exists() or something_expires(timezone.now())


def _expire(brand: BrandRef) -> bool:
    with brand_tx(brand):
        return expire(timezone.now())
