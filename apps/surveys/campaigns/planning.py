"""Make an invitation of everything that happened which a running campaign asks about. Runs in the open door.

A look goes through what happened in the order of time, a page a transaction, and where it stands is in the campaign's
row: what a killed worker left is gone on with. The next begins where the last ended, less an overlap; once an hour one
goes back as far as anything is asked about at all, so that what was imported late is found. What was found before is
found again, and has its invitation already: there is one an occasion.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.customers.segments.asked import Asked
from apps.customers.segments.conditions import matching
from apps.surveys.campaigns.knowing import today
from apps.surveys.campaigns.occasions import Occasion, Place, happened
from apps.surveys.campaigns.sampling import is_sampled
from apps.surveys.campaigns.weighing import LATEST
from apps.surveys.models import Campaign, CampaignState, Invitation, InvitationEvent, InvitationState, Trigger
from cxplatform.faults import reached
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import joined_by_hash, plan_anew

PAGE: Final = 500
_OVERLAP: Final = timedelta(hours=1)
_BACK_EVERY: Final = timedelta(hours=1)
_TIMEOUT_MS: Final = 60_000
_FIRST: Final = UUID(int=0)


def running() -> "Q":
    """Match the campaigns that find by themselves whom to ask."""
    return Q(state=CampaignState.RUNNING) & ~Q(trigger=Trigger.BY_HAND)


def plan(brand: BrandRef, campaign_id: UUID, *, now: datetime, page: int = PAGE) -> bool:
    """Look at the next page of what happened in a door of its own; tell whether the look goes on."""
    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        plan_anew()
        # Who finds it locked leaves it to who looks at it.
        rows = Campaign.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        campaign = rows.filter(running(), pk=campaign_id).select_related("stage__version").first()
        if campaign is None:
            return False
        found = happened(campaign, _place(campaign, now), now, page)
        plan_for(campaign, wanted(campaign, found, now), now)
        reached("invitations-planned")
        return _stand(campaign, found, len(found) == page, now)


def wanted(campaign: Campaign, found: Sequence[Occasion], now: datetime) -> list[Occasion]:
    """Return the occasions that are in the sample and whose customers are as the campaign's conditions say."""
    sampled = [each for each in found if is_sampled(campaign.pk, each.name, campaign.sample)]
    if not campaign.conditions or not sampled:
        return sampled
    fit = matching(campaign.conditions, Asked(now)).filter(pk__in={each.customer for each in sampled})
    with joined_by_hash():
        fitting = set(fit.values_list("pk", flat=True))
    return [each for each in sampled if each.customer in fitting]


def plan_for(campaign: Campaign, occasions: Sequence[Occasion], now: datetime) -> list[UUID]:
    """Make an invitation for each occasion that has none; return those made."""
    made = [_invitation(campaign, each) for each in occasions]
    Invitation.objects.bulk_create(made, ignore_conflicts=True)
    ids = [row.pk for row in made]
    stored = list(Invitation.objects.filter(pk__in=ids).values_list("pk", flat=True))
    InvitationEvent.objects.bulk_create(
        InvitationEvent(invitation_id=key, state=InvitationState.PLANNED, at=now) for key in stored
    )
    return stored


def _invitation(campaign: Campaign, occasion: Occasion) -> Invitation:
    key = uuid7()
    return Invitation(
        id=key,
        source=occasion.source,
        external_id=f"invitation-{key}",
        survey_id=campaign.survey_id,
        campaign=campaign,
        occasion=occasion.name,
        customer_id=occasion.customer,
        interaction_external_id=occasion.interaction,
        touchpoint_id=occasion.touchpoint,
        channel=campaign.channel,
        state=InvitationState.PLANNED,
        planned_for=due_at(campaign, occasion),
    )


def due_at(campaign: Campaign, occasion: Occasion) -> datetime:
    """Return when somebody is to be asked about an occasion."""
    return occasion.at + timedelta(seconds=campaign.delay_seconds)


def since_when(campaign: Campaign, now: datetime) -> datetime:
    """Return from when on what happened may still be asked about."""
    oldest = now - timedelta(seconds=campaign.delay_seconds) - LATEST
    since = campaign.running_since or oldest
    # Whoever starts one in the morning means the whole day.
    return max(today(since) if campaign.trigger == Trigger.DATE else since, oldest)


def _place(campaign: Campaign, now: datetime) -> Place:
    """Return where to look on from; begin a new look where none is under way."""
    if campaign.look_at is not None:
        return campaign.look_at, campaign.look_id or _FIRST
    oldest, until = since_when(campaign, now), campaign.looked_until
    if campaign.trigger == Trigger.DATE and until is not None:
        # A day comes once and is never late.
        return until, _FIRST
    if until is None or campaign.looked_back_at is None or campaign.looked_back_at <= now - _BACK_EVERY:
        campaign.looked_back_at = now
        return oldest, _FIRST
    return max(oldest, until - _OVERLAP), _FIRST


def _stand(campaign: Campaign, found: Sequence[Occasion], goes_on: bool, now: datetime) -> bool:
    """Keep how far the look came."""
    if goes_on:
        campaign.look_at, campaign.look_id = found[-1].at, found[-1].row
    else:
        campaign.look_at, campaign.look_id, campaign.looked_until = None, None, now
    campaign.save(update_fields=["look_at", "look_id", "looked_until", "looked_back_at"])
    return goes_on
