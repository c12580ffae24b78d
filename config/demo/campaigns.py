"""The campaigns of a demo brand: made and started as its administrator would have, with whom they asked since.

Nothing of the demo sends anything: its brands say of no address they send from, so what running campaigns plan from
now on waits (NOT_SET_UP), and messages of mail servers are shown, not sent, where somebody sets one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from apps.accounts.authentication import authenticate
from apps.accounts.viewer import Viewer
from apps.surveys.campaigns import commands
from apps.surveys.models import Campaign, CampaignState, Survey
from config.demo.asked import Ran, live_through
from config.demo.story.answers import SURVEYS
from config.demo.story.invited import RETURNS_UNTIL_WEEK, TAKEN_OVER_WEEK
from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks
from config.demo.telling import told_on
from cxplatform.tenancy.doors import brand_tx

_SOON, _A_WEEK = 3_000, 7 * 86_400
_NOON: Final = timedelta(hours=12)
# What is asked for is sent within these: a campaign that is stopped leaves nothing behind.
_LAST_HOURS: Final = timedelta(hours=5)


@dataclass(frozen=True)
class _Planned:
    """A campaign by its names in English and German, what it asks and how, and between which weeks it ran."""

    key: str
    names: tuple[str, str]
    kind: str
    values: Mapping[str, Any]
    since: int | None = None
    until: int | None = None


_CAMPAIGNS: Final = (
    _Planned(
        "after-contact",
        ("After a contact", "Nach einem Kontakt"),
        "CSAT",
        {
            "trigger": "INTERACTION_RESOLVED", "channel": "EMAIL", "delay_seconds": _SOON,
            "sample": 0.35, "cooldown_days": 14,
        },
        since=TAKEN_OVER_WEEK,
    ),
    _Planned(
        "after-returns",
        ("After a return: effort", "Nach einer Rückgabe: Aufwand"),
        "CES_7",
        {
            "trigger": "INTERACTION_RESOLVED", "touchpoint": "returns", "channel": "EMAIL",
            "delay_seconds": _SOON, "sample": 0.25, "cooldown_days": 14,
        },
        since=TAKEN_OVER_WEEK,
        until=RETURNS_UNTIL_WEEK,
    ),
    _Planned(
        "after-delivery",
        ("A week after a delivery", "Eine Woche nach einer Lieferung"),
        "NPS",
        {
            "trigger": "TOUCHPOINT_EVENT", "touchpoint": "delivery", "channel": "EMAIL", "delay_seconds": _A_WEEK,
            "cooldown_days": 30, "quiet_from": "21:00", "quiet_until": "08:00", "reminders": 1,
        },
    ),
    _Planned(
        "by-link",
        ("A link that agents pass on", "Link, den Mitarbeiter weitergeben"),
        "CSAT",
        {"trigger": "BY_HAND", "channel": "LINK", "cooldown_days": 0},
        since=TAKEN_OVER_WEEK,
    ),
)  # fmt: skip


def ensure_campaigns(plan: Plan, token: str, now: datetime) -> None:
    """Make the brand's campaigns and whom they asked, if it has none, by its administrator's key; all or nothing."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    weeks = Weeks(told_on(brand, now), brand.zone)
    ended = weeks.end.replace(tzinfo=brand.zone)
    with brand_tx(brand, statement_timeout_ms=60_000):
        if Campaign.objects.exists():
            return
        ran = {}
        for planned in _CAMPAIGNS:
            began = weeks.week(planned.since or TAKEN_OVER_WEEK).replace(tzinfo=brand.zone)
            stopped = weeks.week(planned.until).replace(tzinfo=brand.zone) if planned.until else None
            campaign = _make(admin, planned, plan.locale, began)
            if campaign.state == CampaignState.RUNNING:
                ran[campaign.key] = Ran(campaign, began, stopped - _LAST_HOURS if stopped else ended), stopped
        noon = ended + _NOON
        live_through([each for each, _ in ran.values()], now=now, noon=noon, seed=f"{plan.slug} campaigns")
        for each, stopped in ran.values():
            if stopped is not None:
                commands.pause_campaign(actor=admin, campaign_id=each.campaign.pk, now=stopped)


def _make(admin: Viewer, planned: _Planned, locale: str, began: datetime) -> Campaign:
    survey = Survey.objects.get(key=SURVEYS[planned.kind])
    values = {"name": planned.names[locale == "de"], **planned.values}
    about: dict[str, Any] = {"actor": admin, "now": began}
    campaign = commands.create_campaign(key=planned.key, survey_id=survey.pk, values=values, **about)
    return commands.start_campaign(campaign_id=campaign.pk, **about) if planned.since else campaign
