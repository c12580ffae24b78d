"""Read what weighing goes by: customers, what they said, when they were asked last, what was sent. In the open door."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from apps.customers.consents.asking import may_contact
from apps.customers.models import ContactPurpose, Customer
from apps.surveys.campaigns.quiet import zone_of
from apps.surveys.campaigns.weighing import Asked, Known, Person, Terms
from apps.surveys.models import Campaign, CampaignState, Invitation, SendingChannel
from cxplatform.tenancy.doors import current_brand

# What a message by a channel is sent to. Senders of chats know customers by their external ids.
_ADDRESS: Final[Mapping[str, str]] = {SendingChannel.EMAIL: "email", SendingChannel.SMS: "phone"}


def terms_of(campaign: Campaign) -> Terms:
    """Say how a campaign asks, as weighing reads it."""
    begins, ends = campaign.quiet_from, campaign.quiet_until
    return Terms(
        ended=campaign.state == CampaignState.ENDED,
        cooldown=timedelta(days=campaign.cooldown_days),
        quota=campaign.quota,
        quota_a_day=campaign.quota_a_day,
        quiet=(time.fromisoformat(begins), time.fromisoformat(ends)) if begins and ends else None,
    )


def known_of(asked: Collection[Asked], campaigns: Mapping[UUID, Campaign], now: datetime) -> Known:
    """Read all that is to be known to decide upon these, in a few statements however many there are."""
    customers = {each.customer for each in asked if each.customer is not None}
    return Known(
        people=_people(asked, campaigns, now),
        last_asked=_last_asked(customers),
        sent=_sent([key for key, row in campaigns.items() if row.quota is not None]),
        sent_today=_sent([key for key, row in campaigns.items() if row.quota_a_day is not None], since=today(now)),
    )


def today(now: datetime, days: int = 0) -> datetime:
    """Return when the brand's day began, or one that many days later begins."""
    zone = current_brand().zone
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=days), time.min, zone)


def _people(
    asked: Collection[Asked], campaigns: Mapping[UUID, Campaign], now: datetime
) -> dict[tuple[UUID, UUID], Person]:
    by_channel: dict[str, set[tuple[UUID, UUID]]] = {}
    for each in asked:
        if each.customer is not None:
            by_channel.setdefault(campaigns[each.campaign].channel, set()).add((each.campaign, each.customer))
    rows = _rows({customer for pairs in by_channel.values() for _, customer in pairs})
    found: dict[tuple[UUID, UUID], Person] = {}
    for channel, pairs in by_channel.items():
        decisions = may_contact({customer for _, customer in pairs}, ContactPurpose.SURVEYS, channel, now)
        for campaign, customer in pairs:
            if customer in rows:
                row = rows[customer]
                has_address = channel not in _ADDRESS or bool(row[_ADDRESS[channel]])
                zone = zone_of(row["attributes"], row["country"]) or current_brand().zone
                found[campaign, customer] = Person(decisions[customer], has_address, zone)
    return found


def _rows(customers: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    told = ("pk", "email", "phone", "country", "attributes")
    return {row["pk"]: row for row in Customer.objects.filter(pk__in=customers).values(*told)}


def _last_asked(customers: Iterable[UUID]) -> dict[UUID, datetime]:
    # What is being sent was asked.
    sent = Q(sent_at__isnull=False) | Q(sending_since__isnull=False)
    rows = Invitation.objects.filter(sent, customer__in=list(customers)).order_by()
    return dict(rows.values_list("customer_id").annotate(last=Max(Coalesce("sent_at", "sending_since"))))


def _sent(campaigns: Collection[UUID], since: datetime | None = None) -> Counter[UUID]:
    if not campaigns:
        return Counter()
    rows = Invitation.objects.filter(campaign__in=campaigns, sent_at__isnull=False).order_by()
    if since is not None:
        rows = rows.filter(sent_at__gte=since)
    return Counter(dict(rows.values_list("campaign_id").annotate(number=Count("pk"))))
