from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.surveys.campaigns import commands
from apps.surveys.campaigns.inviting import invite_customer
from apps.surveys.graphql.campaigns import inputs
from apps.surveys.graphql.campaigns.types import Campaign, Invitation
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of a campaign.")
class CampaignPayload:
    campaign: Campaign | None = column("The campaign as it is now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of an invitation by hand.")
class InviteCustomerPayload:
    invitation: Invitation | None = column(
        "The invitation: PLANNED where it is sent in its turn, SENT where its path is here, SUPPRESSED where the "
        "customer is not to be asked. Null when there are errors.",
        default=None,
    )
    path: str | None = column(
        "Of a campaign by LINK, the path of the page at the address where the brand's pages are. It is here this once: "
        "only a hash of it is kept.",
        default=None,
    )
    user_errors: list[UserError] = column("Why nothing was written.", default_factory=user_errors)


@strawberry.type
class CampaignMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CampaignPayload,
        description="Make a campaign, which asks nobody until it is started.",
    )
    def create_campaign(
        self, info: Info, input: Annotated[inputs.CreateCampaignInput, INPUT]
    ) -> CampaignPayload | None:
        made = commands.create_campaign(
            actor=viewer_of(info),
            key=input.key,
            survey_id=key_of(input.survey, "Survey", field="survey"),
            values=inputs.terms_of(input),
            now=info.context.now,
        )
        return CampaignPayload(campaign=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CampaignPayload,
        description="Let a campaign ask otherwise from now on.",
    )
    def change_campaign(
        self, info: Info, input: Annotated[inputs.ChangeCampaignInput, INPUT]
    ) -> CampaignPayload | None:
        changed = commands.change_campaign(
            actor=viewer_of(info),
            campaign_id=key_of(input.id, "Campaign"),
            values=inputs.terms_of(input),
            now=info.context.now,
        )
        return CampaignPayload(campaign=changed)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CampaignPayload,
        description="Let a campaign ask about what happens from now on; a paused one goes on with what it planned.",
    )
    def start_campaign(self, info: Info, input: Annotated[inputs.StartCampaignInput, INPUT]) -> CampaignPayload | None:
        started = commands.start_campaign(
            actor=viewer_of(info), campaign_id=key_of(input.id, "Campaign"), now=info.context.now
        )
        return CampaignPayload(campaign=started)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CampaignPayload,
        description="Let a campaign ask nobody until it is started again; what happens meanwhile is not asked about.",
    )
    def pause_campaign(self, info: Info, input: Annotated[inputs.PauseCampaignInput, INPUT]) -> CampaignPayload | None:
        paused = commands.pause_campaign(
            actor=viewer_of(info), campaign_id=key_of(input.id, "Campaign"), now=info.context.now
        )
        return CampaignPayload(campaign=paused)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CampaignPayload,
        description="Let a campaign ask nobody any more, for good; who was asked may still answer.",
    )
    def end_campaign(self, info: Info, input: Annotated[inputs.EndCampaignInput, INPUT]) -> CampaignPayload | None:
        ended = commands.end_campaign(
            actor=viewer_of(info), campaign_id=key_of(input.id, "Campaign"), now=info.context.now
        )
        return CampaignPayload(campaign=ended)  # type: ignore[arg-type]  # as above

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=InviteCustomerPayload,
        description="Ask a customer by hand, or by a program.",
    )
    def invite_customer(
        self, info: Info, input: Annotated[inputs.InviteCustomerInput, INPUT]
    ) -> InviteCustomerPayload | None:
        about = input.interaction or None
        made, token = invite_customer(
            actor=viewer_of(info),
            campaign_id=key_of(input.campaign, "Campaign", field="campaign"),
            customer_id=key_of(input.customer, "Customer", field="customer"),
            occasion=input.occasion or None,
            interaction_id=key_of(about, "Interaction", field="interaction") if about else None,
            now=info.context.now,
        )
        path = f"/s/{token}" if token else None
        return InviteCustomerPayload(invitation=made, path=path)  # type: ignore[arg-type]  # as above
