"""Campaigns, whom they asked, and what became of that."""

from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.interactions.graphql.types import Interaction
from apps.journeys.graphql.mapping.types import JourneyStage
from apps.journeys.graphql.types import Touchpoint
from apps.surveys import models
from apps.surveys.graphql.campaigns.enums import CampaignState, CampaignTrigger, InvitationState, SendingChannel
from apps.surveys.graphql.campaigns.lists import (
    INVITATION_EVENT_ORDERS,
    INVITATION_ORDERS,
    InvitationEventWhere,
    InvitationWhere,
)
from apps.surveys.graphql.types import Survey
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import Json


@strawberry_django.type(models.Campaign, description="Whom a survey is put to, when, how and how often.")
class Campaign(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("key",)

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    state: CampaignState = column("Whether it asks.")
    state_since: auto = column("Since when.")
    running_since: auto = column("When it was last started: what happened before is not asked about.")
    trigger: CampaignTrigger = column("What it asks about.")
    on_date: auto = column("Of a campaign by date, the day, by the brand's clock.")
    conditions: Json = column("What customers must be like, as rules of segments; empty when anybody may be asked.")
    channel: SendingChannel = column("How it asks.")
    delay_seconds: auto = column("How long after what happened it asks.")
    sample: auto = column("The share of what happens that is asked about, 0 to 1.")
    quota_a_day: auto = column("How many are asked a day at most, by the brand's days; null when any number.")
    quota: auto = column("How many are asked in all at most; null when any number.")
    quiet_from: auto = column("From when on nobody is asked, HH:MM by the customer's clock.")
    quiet_until: auto = column("Until when, HH:MM; it may be of the next day.")
    cooldown_days: auto = column("How many days a customer is left alone after any survey asked it.")
    reminders: auto = column("How often whoever did not answer is reminded.")
    remind_after_days: auto = column("After how many days, each time.")
    open_days: auto = column("How many days an invitation may be answered.")
    created_at: auto = column("When it was made.")
    updated_at: auto = column("When it was last changed.")
    survey: Survey | None = relation("What it asks.")
    touchpoint: Touchpoint | None = relation("Where what it asks about happens; null when anywhere.")
    stage: JourneyStage | None = relation("The stage whose entering it asks about; the same one of later versions too.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.InvitationEvent, description="Something that happened to an invitation.")
class InvitationEvent(Stored, Node):
    requires = Permission.DRILL_DOWN

    state: InvitationState = column("What happened. Sent more than once: it was reminded of.")
    at: auto = column("When.")
    why: auto = column("Why, where that was told.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Invitation.visible(info).filter(pk=OuterRef("invitation_id"))))
        return queryset


@strawberry_django.type(models.Invitation, description="A customer asked to answer a survey, and how far that got.")
class Invitation(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("source", "interaction_external_id", "external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from, or that of the contact it is about.")
    state: InvitationState = column("How far it got: the furthest it was told of.")
    why: auto = column("Why it was not sent, bounced or was declined, as a code.")
    channel: SendingChannel = column("How it was sent, or is to be.")
    language: auto = column("The language it was sent in, as a BCP 47 tag.")
    planned_for: auto = column("When it is or was to be sent; later, each time it was put off.")
    sent_at: auto = column("When it was sent.")
    delivered_at: auto = column("When it arrived.")
    opened_at: auto = column("When its page was first opened.")
    started_at: auto = column("When a question was first answered.")
    answered_at: auto = column("When it was answered.")
    ended_at: auto = column("When it expired, bounced or was declined, where that is how it stands.")
    expires_at: auto = column("Until when it may be answered.")
    reminded: auto = column("How often the customer was reminded.")
    remind_at: auto = column("When it will be reminded next.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    survey: Survey | None = relation("What was asked.")
    campaign: Campaign | None = relation("What asked; null of what the brand sent by itself.")
    customer: Customer | None = relation("Who was asked.")
    touchpoint: Touchpoint | None = relation("The moment in the journey it is about.")
    interaction: Interaction | None = relation(
        "The contact it is about; null when it is about none, or about one not known yet.",
        attributes=("source", "interaction_external_id"),
        columns=("source", "external_id"),
    )
    history: Connection[InvitationEvent] | None = child_connection(
        Children(InvitationEvent, INVITATION_EVENT_ORDERS, InvitationEventWhere, ("invitation_id",)),
        description="What happened to it, also what came too late to change how it stands; the newest first.",
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("customer_id"))))
        return queryset


extend(
    Campaign,
    "invitations",
    Connection[Invitation] | None,
    child_connection(
        Children(Invitation, INVITATION_ORDERS, InvitationWhere, ("campaign_id",)),
        description="Whom it asked, is to ask, or decided not to; the newest first.",
    ),
)
extend(
    Customer,
    "invitations",
    Connection[Invitation] | None,
    child_connection(
        Children(Invitation, INVITATION_ORDERS, InvitationWhere, ("customer_id",)),
        description="The surveys this customer was asked to answer; the newest first.",
    ),
)
