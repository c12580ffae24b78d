from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.campaigns.dry_run import MOST, dry_run
from apps.surveys.graphql.campaigns.dry_runs import CampaignDryRun, shown
from apps.surveys.graphql.campaigns.enums import DryRunOutcome
from apps.surveys.graphql.campaigns.lists import CAMPAIGN_ORDERS, INVITATION_ORDERS, CampaignWhere, InvitationWhere
from apps.surveys.graphql.campaigns.types import Campaign, Invitation
from apps.surveys.models import Campaign as Row
from cxplatform.errors import BadInput, Forbidden, NotFound
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

MOST_SHOWN = 100
_Id = Annotated[strawberry.ID, strawberry.argument(description="The campaign.")]
_First = Annotated[int, strawberry.argument(description=f"How many to show at most: 1 to {MOST_SHOWN}.")]
_Outcome = Annotated[
    DryRunOutcome | None, strawberry.argument(description="Show those of this outcome alone; all are counted.")
]


@strawberry.type
class CampaignQueries:
    campaigns: Connection[Campaign] | None = root_connection(
        Campaign, CAMPAIGN_ORDERS, CampaignWhere, description="Whom surveys are put to, and how; the newest first."
    )
    invitations: Connection[Invitation] | None = root_connection(
        Invitation, INVITATION_ORDERS, InvitationWhere, description="Who was asked, or is to be; the newest first."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=Price(200),
        description="Whom a campaign would ask now, and why not the others; it writes nothing. Of one that does not "
        f"run, as if it did. The first {MOST:,} of what happened are looked at.",
    )
    def campaign_dry_run(
        self, info: Info, campaign: _Id, first: _First = 20, outcome: _Outcome = None
    ) -> CampaignDryRun | None:
        if info.context.rights.only_own_work:
            raise Forbidden("A dry run speaks of all customers.")
        if not 1 <= first <= MOST_SHOWN:
            raise BadInput(f"Ask for 1 to {MOST_SHOWN}.", field="first")
        key = key_of(campaign, "Campaign", field="campaign")
        row = Row.objects.select_related("stage__version").filter(pk=key).first()
        if row is None:
            raise NotFound("There is no such campaign.", field="campaign")
        return shown(dry_run(row, info.context.now), first, outcome, info)
