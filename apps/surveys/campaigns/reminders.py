"""Take the reminders that are to be sent now. Runs in the open door, and whoever takes them sends in it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.customers.consents.deciding import Why as Said
from apps.surveys.campaigns.knowing import known_of, terms_of
from apps.surveys.campaigns.quiet import quiet_until
from apps.surveys.campaigns.weighing import AGAIN, Asked, Person
from apps.surveys.invitations.states import OPEN
from apps.surveys.models import Campaign, CampaignState, Invitation, SendingChannel

_REMINDED: Final = ("reminded", "remind_at")


def claim_reminders(limit: int, now: datetime) -> list[Invitation]:
    """Return at most so many invitations whose customers are to be reminded now, already counted as reminded.

    Nobody is reminded who forbade it meanwhile or has no address any more; quiet hours put it off.
    """
    due = _due(now).select_for_update(skip_locked=True, of=("self",)).order_by("remind_at", "pk")
    rows = list(due[:limit])
    people = _people(rows, now)
    claimed = []
    for row in rows:
        assert row.campaign is not None
        person = people.get((row.campaign.pk, row.customer_id)) if row.customer_id else None
        until = _put_off(person, row.campaign, now)
        if until == now:
            claimed.append(row)
            row.reminded += 1
            more = row.reminded < row.campaign.reminders
            until = now + timedelta(days=row.campaign.remind_after_days) if more else None
        row.remind_at = until
    Invitation.objects.bulk_update(rows, _REMINDED)
    return claimed


def reminder_is_due(now: datetime) -> bool:
    """Tell whether the open door's brand has customers to be reminded now."""
    return _due(now).exists()


def _due(now: datetime) -> "QuerySet[Invitation]":
    rows = Invitation.objects.filter(
        ~Q(channel=SendingChannel.LINK), state__in=OPEN, campaign__state=CampaignState.RUNNING
    )
    return rows.filter(remind_at__isnull=False, remind_at__lte=now, expires_at__gt=now).select_related("campaign")


def _people(rows: Collection[Invitation], now: datetime) -> Mapping[tuple[UUID, UUID], Person]:
    campaigns = {row.campaign.pk: row.campaign for row in rows if row.campaign is not None}
    asked = [Asked(row.pk, row.campaign_id, row.customer_id, now) for row in rows if row.campaign_id is not None]
    return known_of(asked, campaigns, now).people


def _put_off(person: Person | None, campaign: Campaign, now: datetime) -> datetime | None:
    """Return when somebody is reminded, `now` or later; None for never."""
    if person is None or not person.has_address:
        return None
    if not person.decision.allowed:
        return now + AGAIN if person.decision.why is Said.QUIET_HOURS else None
    quiet = terms_of(campaign).quiet
    return (quiet and quiet_until(now, person.zone, *quiet)) or now
