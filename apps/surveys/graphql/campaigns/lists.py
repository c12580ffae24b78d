"""What lists of campaigns, of invitations and of what became of them may be narrowed and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.customers.graphql.filters import CustomerWhere
from apps.surveys.graphql.campaigns.enums import CampaignState, CampaignTrigger, InvitationState, SendingChannel
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@where_input("Which campaigns.")
class CampaignWhere:
    id: IdFilter | None = by("The global id.")
    key: KeyFilter | None = by("Its key.")
    name: TextFilter | None = by("Its name.")
    state: Filter[CampaignState] | None = by("Whether it asks.")
    trigger: Filter[CampaignTrigger] | None = by("What it asks about.")
    channel: Filter[SendingChannel] | None = by("How it asks.")
    survey: KeyFilter | None = by("What it asks, by the survey's key.", "survey.key")
    created_at: DateTimeFilter | None = by("When it was made.")


@where_input("Which invitations.")
class InvitationWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    state: Filter[InvitationState] | None = by("How far it got.")
    why: KeyFilter | None = by("Why it was not sent, bounced or was declined.")
    channel: Filter[SendingChannel] | None = by("How it was sent.")
    survey: KeyFilter | None = by("What was asked, by the survey's key.", "survey.key")
    campaign: KeyFilter | None = by("What asked, by the campaign's key.", "campaign.key")
    touchpoint: KeyFilter | None = by("The moment in the journey it is about, by key.", "touchpoint.key")
    customer: CustomerWhere | None = by("Who was asked.")
    planned_for: DateTimeFilter | None = by("When it was to be sent.")
    sent_at: DateTimeFilter | None = by("When it was sent.")
    answered_at: DateTimeFilter | None = by("When it was answered.")
    created_at: DateTimeFilter | None = by("When the record was made.")


@where_input("Which of what happened to an invitation.")
class InvitationEventWhere:
    state: Filter[InvitationState] | None = by("What happened.")
    at: DateTimeFilter | None = by("When.")


@strawberry.enum(description="What campaigns can be ordered by.")
class CampaignOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were made.")
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of campaigns.")
class CampaignOrderBy:
    field: CampaignOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What invitations can be ordered by.")
class InvitationOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When the record last changed.")


@strawberry.input(description="An order of invitations.")
class InvitationOrderBy:
    field: InvitationOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What the history of an invitation can be ordered by.")
class InvitationEventOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it happened.")


@strawberry.input(description="An order of what happened to an invitation.")
class InvitationEventOrderBy:
    field: InvitationEventOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


CAMPAIGN_ORDERS = Orders(
    input_type=CampaignOrderBy,
    terms={"created_at": Term("created_at", datetime), "key": Term("key", str)},
    usual="created_at",
)
INVITATION_ORDERS = Orders(
    input_type=InvitationOrderBy,
    terms={name: Term(name, datetime) for name in ("created_at", "updated_at")},
    usual="created_at",
)
INVITATION_EVENT_ORDERS = Orders(input_type=InvitationEventOrderBy, terms={"at": Term("at", datetime)}, usual="at")
