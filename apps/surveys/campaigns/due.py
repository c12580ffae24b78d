"""Take the invitations that are to be sent now. Runs in the open door."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from apps.customers.consents.asking import may_contact
from apps.customers.consents.deciding import Decision, Why
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import CampaignState, Invitation, InvitationState, SendingChannel

_QUIET_WAIT: Final = timedelta(hours=1)
_UNKNOWN: Final = Decision(False, Why.UNKNOWN)


def claim_due(limit: int, now: datetime) -> list[Invitation]:
    """Return at most so many invitations to be sent now, the longest due first.

    As many are looked at: who may not be contacted is not asked, and who may not be at this hour is later.
    """
    rows = list(_due(now).select_for_update(skip_locked=True, of=("self",)).order_by("planned_for", "pk")[:limit])
    claimed = []
    for channel in SendingChannel.values:
        held = [row for row in rows if row.channel == channel]
        decided = may_contact({row.customer_id for row in held if row.customer_id}, "SURVEYS", channel, now)
        for row in held:
            decision = decided.get(row.customer_id, _UNKNOWN) if row.customer_id else _UNKNOWN
            if decision.allowed:
                claimed.append(row)
            elif decision.why == Why.QUIET_HOURS:
                Invitation.objects.filter(pk=row.pk).update(planned_for=now + _QUIET_WAIT)
            else:
                advance([row.pk], InvitationState.SUPPRESSED, now, decision.why)
    return sorted(claimed, key=rows.index)


def something_is_due(now: datetime) -> bool:
    """Tell whether the open door's brand has invitations to be sent or suppressed now."""
    return _due(now).exists()


def _due(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        state=InvitationState.PLANNED, planned_for__lte=now, campaign__state=CampaignState.RUNNING
    )
