"""What may be said of a campaign: checked whole, whoever changes what of it. Reads only."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from apps.customers.consents.models import CLOCK
from apps.customers.segments.rules import checked as checked_rules
from apps.journeys.models import JourneyStage, Touchpoint
from apps.surveys.models import Campaign, SendingChannel, Trigger
from cxplatform.errors import BadInput, NotFound
from cxplatform.named import checked_text

# What each number may be.
_BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    "delay_seconds": (0, 366 * 86_400),
    "sample": (0, 1),
    "quota_a_day": (1, 1_000_000),
    "quota": (1, 100_000_000),
    "cooldown_days": (0, 3_660),
    "reminders": (0, 3),
    "remind_after_days": (1, 60),
    "open_days": (1, 366),
}
_MAY_BE_NULL: Final = ("quota_a_day", "quota")
# What says about what it asks; which is fixed once it ran.
ABOUT: Final = ("trigger", "touchpoint", "stage", "on_date", "channel")
_NEEDED: Final[Mapping[str, str]] = {
    Trigger.STAGE_REACHED: "stage",
    Trigger.TOUCHPOINT_EVENT: "touchpoint",
    Trigger.DATE: "on_date",
}


def apply(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Put what was said into a campaign that is not stored yet. Raises: BadInput or NotFound naming the field."""
    for name, value in values.items():
        setattr(campaign, name, _CHECKS[name](name, value) if name in _CHECKS else value)
    for name, bounds in _BOUNDS.items():
        _within(name, getattr(campaign, name), bounds)
    _check_together(campaign)


def _within(name: str, value: float | None, bounds: tuple[float, float]) -> None:
    if value is None and name in _MAY_BE_NULL:
        return
    if value is None or not bounds[0] <= value <= bounds[1]:
        raise BadInput(f"This is from {bounds[0]} to {bounds[1]:,}.", field=name)


def _check_together(campaign: Campaign) -> None:
    needed = _NEEDED.get(campaign.trigger)
    if needed is not None and getattr(campaign, needed) is None:
        raise BadInput(f"A campaign by {campaign.trigger} needs this.", field=needed)
    if (campaign.quiet_from is None) != (campaign.quiet_until is None):
        raise BadInput("Quiet hours have both ends, or none.", field="quiet_from")
    by_hand = campaign.trigger == Trigger.BY_HAND
    if campaign.channel == SendingChannel.LINK and not by_hand:
        raise BadInput("Links are passed on by whoever invites by hand.", field="channel")
    if by_hand and campaign.conditions:
        raise BadInput("Who is invited by hand is chosen by whoever invites.", field="conditions")


def _name(name: str, value: str) -> str:
    return checked_text(value, 200, name, what="A name")


def _clock(name: str, value: str | None) -> str | None:
    if value is not None and not re.match(CLOCK, value):
        raise BadInput("A time is written HH:MM.", field=name)
    return value


def _conditions(name: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
    return checked_rules(value) if value else {}


def _touchpoint(name: str, value: str | None) -> Touchpoint | None:
    found = Touchpoint.objects.filter(key=value).first() if value is not None else None
    if value is not None and found is None:
        raise BadInput("There is no touchpoint of this key.", field=name)
    return found


def _stage(name: str, value: UUID | None) -> JourneyStage | None:
    found = JourneyStage.objects.filter(pk=value).first() if value is not None else None
    if value is not None and found is None:
        raise NotFound("There is no such stage.", field=name)
    return found


_CHECKS: Final[Mapping[str, Callable[[str, Any], Any]]] = {
    "name": _name,
    "quiet_from": _clock,
    "quiet_until": _clock,
    "conditions": _conditions,
    "touchpoint": _touchpoint,
    "stage": _stage,
}
