"""Campaigns made, changed, started, paused and ended. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, models, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.campaigns.tasks import wake_planner
from apps.surveys.campaigns.terms import ABOUT, apply
from apps.surveys.models import Campaign, CampaignState, FormState, Survey, SurveyVersion
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.named import checked_key
from cxplatform.tenancy.doors import current_brand

MOST_CAMPAIGNS: Final = 1_000


def create_campaign(*, actor: Viewer, key: str, survey_id: UUID, values: Mapping[str, Any], now: datetime) -> Campaign:
    """Make a campaign that asks nobody until it is started.

    Raises: Forbidden; BadInput or NotFound naming the field; Conflict where the key is taken or there are too many.
    """
    actor.require(Permission.CONFIGURE)
    survey = Survey.objects.filter(pk=survey_id).first()
    if survey is None:
        raise NotFound("There is no such survey.", field="survey")
    if Campaign.objects.count() >= MOST_CAMPAIGNS:
        raise Conflict(f"A brand has {MOST_CAMPAIGNS:,} campaigns at most.")
    made = Campaign(key=checked_key(key), survey=survey, state="DRAFT", state_since=now, created_at=now, updated_at=now)
    apply(made, {"name": key, **values})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("There is a campaign of this key.", field="key") from error
    _record(actor, "create_campaign", made, now, after={"survey": survey.key, **_told(made, values)})
    return made


def change_campaign(*, actor: Viewer, campaign_id: UUID, values: Mapping[str, Any], now: datetime) -> Campaign:
    """Let a campaign ask otherwise from now on; what it asks about is fixed once it ran.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict where it ended, or ran.
    """
    actor.require(Permission.CONFIGURE)
    campaign = _locked(campaign_id)
    _insist(campaign, CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.PAUSED)
    before = _told(campaign, values)
    apply(campaign, values)
    after = _told(campaign, values)
    fixed = next((name for name in ABOUT if name in after and after[name] != before[name]), None)
    if fixed is not None and campaign.state != CampaignState.DRAFT:
        raise Conflict("What a campaign asks about is fixed once it ran: make another.", field=fixed)
    if after != before:
        campaign.updated_at = now
        campaign.save()
        _record(actor, "change_campaign", campaign, now, before=before, after=after)
    return campaign


def start_campaign(*, actor: Viewer, campaign_id: UUID, now: datetime) -> Campaign:
    """Let a campaign ask about what happens from now on; one that was paused goes on with what it had planned.

    Raises: Forbidden; NotFound; Conflict where it runs or ended, or its survey has no form that is in force.
    """
    actor.require(Permission.CONFIGURE)
    campaign = _locked(campaign_id)
    _insist(campaign, CampaignState.DRAFT, CampaignState.PAUSED)
    if not SurveyVersion.objects.filter(survey=campaign.survey_id, state=FormState.PUBLISHED).exists():
        raise Conflict("Its survey has no published version: there is nothing to ask.", field="id")
    campaign.running_since = now
    campaign.looked_until = campaign.looked_back_at = campaign.look_at = campaign.look_id = None
    _turn(actor, "start_campaign", campaign, CampaignState.RUNNING, now)
    transaction.on_commit(partial(wake_planner, current_brand().id), robust=True)
    return campaign


def pause_campaign(*, actor: Viewer, campaign_id: UUID, now: datetime) -> Campaign:
    """Let a campaign ask nobody until it is started again; what happens meanwhile is not asked about.

    Raises: Forbidden; NotFound; Conflict where it does not run.
    """
    actor.require(Permission.CONFIGURE)
    campaign = _locked(campaign_id)
    _insist(campaign, CampaignState.RUNNING)
    _turn(actor, "pause_campaign", campaign, CampaignState.PAUSED, now)
    return campaign


def end_campaign(*, actor: Viewer, campaign_id: UUID, now: datetime) -> Campaign:
    """Let a campaign ask nobody any more; who was asked may still answer. Raises: Forbidden; NotFound; Conflict."""
    actor.require(Permission.CONFIGURE)
    campaign = _locked(campaign_id)
    _insist(campaign, CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.PAUSED)
    _turn(actor, "end_campaign", campaign, CampaignState.ENDED, now)
    return campaign


def _locked(campaign_id: UUID) -> Campaign:
    found = Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).first()
    if found is None:
        raise NotFound("There is no such campaign.", field="id")
    return found


def _insist(campaign: Campaign, *states: CampaignState) -> None:
    if campaign.state not in states:
        raise Conflict(f"The campaign is {campaign.state}.", field="id")


def _turn(actor: Viewer, action: str, campaign: Campaign, state: CampaignState, now: datetime) -> None:
    before, campaign.state = campaign.state, state
    campaign.state_since = campaign.updated_at = now
    campaign.save()
    _record(actor, action, campaign, now, before={"state": before}, after={"state": state.value})


def _told(campaign: Campaign, names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(getattr(campaign, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _record(
    actor: Viewer,
    action: str,
    campaign: Campaign,
    now: datetime,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    subject = Subject("Campaign", campaign.pk, label=campaign.key)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)
