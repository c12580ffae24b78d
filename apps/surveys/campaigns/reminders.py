"""Take the reminders that are to be sent now. Runs in the open door, and whoever takes them sends in it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.customers.consents.deciding import Why as Said
from apps.surveys.campaigns.knowing import known_of, terms_of
from apps.surveys.campaigns.quiet import quiet_until
from apps.surveys.campaigns.weighing import AGAIN, Asked, Person
from apps.surveys.invitations.states import OPEN
from apps.surveys.models import Campaign, CampaignState, Invitation, SendingChannel


def claim_reminders(limit: int, now: datetime) -> list[Invitation]:
    """Return at most so many invitations whose customers are to be reminded now.

    Nobody is reminded who forbade it meanwhile or has no address any more; quiet hours put it off. They stay due until
    they are counted (`count_reminder`), in the transaction that writes down that they are being sent: a worker that
    dies before has reminded nobody.
    """
    due = _due(now).select_for_update(skip_locked=True, of=("self",)).order_by("remind_at", "pk")
    rows = list(due[:limit])
    people = _people(rows, now)
    claimed, left = [], []
    for row in rows:
        until = _until(row, people, now)
        if until == now:
            claimed.append(row)
        else:
            row.remind_at = until
            left.append(row)
    Invitation.objects.bulk_update(left, ["remind_at"])
    return claimed


def count_reminder(row: Invitation, now: datetime) -> bool:
    """Count the reminder of an invitation that is locked, and say when the next is due; False if none is due now.

    It is decided anew: since it was taken its customer may have opted out, or been reminded by somebody else.
    """
    if not _due(now).filter(pk=row.pk).exists():
        return False
    until = _until(row, _people([row], now), now)
    if until == now:
        assert row.campaign is not None
        row.reminded += 1
        more = row.reminded < row.campaign.reminders
        row.remind_at = now + timedelta(days=row.campaign.remind_after_days) if more else None
    else:
        row.remind_at = until
    row.save(update_fields=["reminded", "remind_at"])
    return until == now


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


def _until(row: Invitation, people: Mapping[tuple[UUID, UUID], Person], now: datetime) -> datetime | None:
    assert row.campaign is not None
    person = people.get((row.campaign.pk, row.customer_id)) if row.customer_id else None
    return _put_off(person, row.campaign, now)


def _put_off(person: Person | None, campaign: Campaign, now: datetime) -> datetime | None:
    """Return when somebody is reminded, `now` or later; None for never."""
    if person is None or not person.has_address:
        return None
    if not person.decision.allowed:
        return now + AGAIN if person.decision.why is Said.QUIET_HOURS else None
    quiet = terms_of(campaign).quiet
    return (quiet and quiet_until(now, person.zone, *quiet)) or now
