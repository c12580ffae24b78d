"""Which invitations are to be reminded of now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.customers.consents.asking import may_contact
from apps.customers.consents.deciding import Why
from apps.surveys.models import CampaignState, Invitation, SendingChannel
from apps.surveys.sending.preparing import REMINDED

_QUIET_WAIT: Final = timedelta(hours=1)
_PURPOSE: Final = "SURVEYS"


def claim_reminders(limit: int, now: datetime) -> list[Invitation]:
    """Return sent invitations whose reminder is due and may go out, the longest waiting first. Runs in the open door.

    Who may not be contacted any more is not reminded; in quiet hours it waits. Campaigns that are paused remind nobody.
    """
    rows = list(_due(now).select_for_update(of=("self",), skip_locked=True).order_by("remind_at", "pk")[:limit])
    decided = {pk: why for channel, held in _by_channel(rows).items() for pk, why in _decided(held, channel, now)}
    quiet = [pk for pk, why in decided.items() if why == Why.QUIET_HOURS]
    never = [pk for pk, why in decided.items() if why is not None and why != Why.QUIET_HOURS]
    Invitation.objects.filter(pk__in=quiet).update(remind_at=now + _QUIET_WAIT)
    Invitation.objects.filter(pk__in=never).update(remind_at=None)
    return [row for row in rows if decided[row.pk] is None]


def something_to_remind(now: datetime) -> bool:
    """Tell whether the open door's brand has reminders to send now."""
    return _due(now).exists()


def _due(now: datetime) -> QuerySet[Invitation]:
    due = Invitation.objects.filter(remind_at__lte=now, sending_since=None, state__in=REMINDED)
    running = due.exclude(campaign__state=CampaignState.PAUSED)
    # What is answered by link was passed on by somebody, and so is its reminder.
    return running.filter(Q(expires_at=None) | Q(expires_at__gt=now)).exclude(channel=SendingChannel.LINK)


def _by_channel(rows: Iterable[Invitation]) -> dict[str, list[Invitation]]:
    found: dict[str, list[Invitation]] = defaultdict(list)
    for row in rows:
        found[row.channel].append(row)
    return found


def _decided(rows: list[Invitation], channel: str, now: datetime) -> list[tuple[UUID, Why | None]]:
    """Say of each why it may not be reminded of; None if it may."""
    people = {row.customer_id for row in rows if row.customer_id}
    answers = may_contact(people, _PURPOSE, channel, now)
    found: list[tuple[UUID, Why | None]] = []
    for row in rows:
        answer = answers.get(row.customer_id) if row.customer_id else None
        found.append((row.pk, (None if answer.allowed else answer.why) if answer else Why.UNKNOWN))
    return found
