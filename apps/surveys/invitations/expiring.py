"""Let invitations expire whose time to be answered is over. Runs in the open door."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.states import OPEN
from apps.surveys.models import Invitation, InvitationState

MOST: Final = 500


def expire(now: datetime, most: int = MOST) -> bool:
    """Let the next of them expire, each as of the moment its time was over; tell whether there may be more."""
    locked = _due(now).select_for_update(skip_locked=True, no_key=True).order_by("expires_at", "pk")[:most]
    moments = {row.pk: row.expires_at for row in locked if row.expires_at is not None}
    advance(moments, InvitationState.EXPIRED, moments)
    return len(moments) == most


def something_expires(now: datetime) -> bool:
    """Tell whether the open door's brand has invitations whose time is over."""
    return _due(now).exists()


def _due(now: datetime) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(state__in=OPEN, expires_at__lte=now)
