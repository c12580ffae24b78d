"""A customer invited by hand, or by a program. Runs inside the brand's door, which the caller opens."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer
from apps.customers.serving import insist_on_serving
from apps.interactions.models import Interaction
from apps.surveys.campaigns.due import claim_one
from apps.surveys.campaigns.occasions import SOURCE, Occasion
from apps.surveys.campaigns.planning import plan_for
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, CampaignState, Invitation, InvitationState, SendingChannel, Trigger
from apps.surveys.sending.tokens import new_token
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.ids import uuid7
from cxplatform.tenancy.doors import current_brand

_WORD: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


def invite_customer(
    *,
    actor: Viewer,
    campaign_id: UUID,
    customer_id: UUID,
    now: datetime,
    occasion: str | None = None,
    interaction_id: UUID | None = None,
) -> tuple[Invitation, str | None]:
    """Ask a customer by a running campaign that asks by hand; of one occasion, once.

    For LINK the token is returned too, which nobody can read again; without one the invitation says why the customer
    is not asked. By other channels it is sent in its turn, and weighed then.
    Raises: Forbidden; NotFound; BadInput; Conflict where it was invited, or is not to be asked at this hour.
    """
    campaign = _campaign(actor, campaign_id)
    customer = _customer(actor, customer_id)
    about = _about(interaction_id, customer)
    said = _word(occasion) if occasion else str(uuid7())
    source, external_id, touchpoint = about or (SOURCE, None, None)
    at = touchpoint or campaign.touchpoint_id
    what = Occasion(f"by-hand:{customer.pk}:{said}", now, customer.pk, customer.pk, source, external_id, at)
    made = plan_for(campaign, [what], now)
    if not made:
        raise Conflict("This customer was invited for this occasion.", field="occasion")
    (key,) = made
    token = _link(key, now) if campaign.channel == SendingChannel.LINK else None
    subject = Subject("Invitation", key, label=campaign.key)
    told = {"campaign": campaign.key, "channel": campaign.channel}
    record_change(actor=actor.actor, action="invite_customer", subject=subject, now=now, after=told)
    return Invitation.objects.get(pk=key), token


def _link(key: UUID, now: datetime) -> str | None:
    verdict = claim_one(key, now)
    if verdict.until is not None:
        raise Conflict(f"Not now: {verdict.why}.", field="customer")
    if verdict.why is not None:
        return None
    token, digest = new_token(current_brand())
    Invitation.objects.filter(pk=key).update(token_hash=digest)
    advance([key], InvitationState.SENT, now)
    return token


def _campaign(actor: Viewer, campaign_id: UUID) -> Campaign:
    actor.require(Permission.RECORD)
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound("There is no such campaign.", field="campaign")
    if campaign.state != CampaignState.RUNNING or campaign.trigger != Trigger.BY_HAND:
        raise Conflict("This campaign invites nobody by hand now.", field="campaign")
    return campaign


def _customer(actor: Viewer, customer_id: UUID) -> Customer:
    if actor.only_own_work:
        insist_on_serving(actor.member_id, customer_id)
    found = Customer.objects.filter(pk=customer_id).first()
    if found is None:
        raise NotFound("There is no such customer.", field="customer")
    if found.merged_into_id is not None:
        raise Conflict("This customer was merged into another one.", field="customer")
    return found


def _about(interaction_id: UUID | None, customer: Customer) -> tuple[str, str, UUID | None] | None:
    if interaction_id is None:
        return None
    rows = Interaction.objects.filter(pk=interaction_id, customer=customer)
    found = rows.values_list("source", "external_id", "touchpoint_id").first()
    if found is None:
        raise NotFound("This customer has no such contact.", field="interaction")
    return found


def _word(occasion: str) -> str:
    if not _WORD.fullmatch(occasion):
        raise BadInput("A word of 1 to 100 letters, digits, dots, hyphens and underscores.", field="occasion")
    return occasion
