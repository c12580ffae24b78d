from datetime import datetime
from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.interactions import models
from apps.interactions.graphql.dimensions import Agent, Queue, Team
from apps.interactions.graphql.enums import Channel, HandledBy, InteractionDirection, Priority
from apps.interactions.graphql.events.enums import TimingSource
from apps.interactions.graphql.filters import InteractionWhere
from apps.interactions.graphql.orders import INTERACTION_ORDERS
from apps.interactions.graphql.reasons.types import Reason
from apps.interactions.own_work import handled_by
from apps.journeys.graphql.frictions.showing import shows_frictions
from apps.journeys.graphql.handoffs.filters import HandoffWhere
from apps.journeys.graphql.handoffs.orders import HANDOFF_ORDERS
from apps.journeys.graphql.handoffs.types import Handoff
from apps.journeys.graphql.promises.types import PromiseOutcome
from apps.journeys.graphql.stages.types import StageVisit
from apps.journeys.graphql.types import Touchpoint
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

_PERSONAL = Permission.PERSONAL_DATA


@strawberry_django.type(models.Interaction, description="One contact between a customer and the service.")
class Interaction(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    channel: Channel = column("The way it came or went.")
    direction: InteractionDirection = column("Who began it.")
    opened_at: auto = column("When it began.")
    priority: Priority = column("How urgent it is.")
    handled_by: HandledBy = column("What handled it.")
    wait_seconds: auto = column("How long the customer waited for somebody.")
    answered: auto = column("Whether somebody answered; null when the channel knows no such thing.")
    abandoned: auto = column("Whether the customer gave up waiting.")
    first_response_at: auto = column("When the first response went out.")
    first_human_response_at: auto = column("When a person first answered; null when unknown.")
    human_replies: auto = column("How often a person answered, for the customer to read; null when unknown.")
    bot_handed_off_at: auto = column("When a program passed it to people; null when unknown or never.")
    first_resolved_at: auto = column("When it was first resolved; null when unknown.")
    resolved_at: auto = column("When it was resolved, the last time.")
    closed_at: auto = column("When it was closed, the last time.")
    reopened_at: list[datetime] | None = column("When it was opened again.")
    resolved: auto = column("Whether it was resolved; null when unknown.")
    talk_seconds: auto = column("How long the talking took.")
    hold_seconds: auto = column("How long the customer was on hold.")
    after_call_seconds: auto = column("How long the work afterwards took.")
    transfers: auto = column("How often it was handed on.")
    blind_transfers: auto = column("How often it was sent on unannounced; null when unknown.")
    consult_transfers: auto = column("How often it was handed to somebody who was asked first; null when unknown.")
    timing_source: TimingSource = column("Whether events tell its durations and instants, or its own row.")
    language: auto = column("The language, as a BCP 47 tag.")
    subject: auto = column("Personal data: the subject line.", requires=_PERSONAL)
    text: auto = column("Personal data: what was said or written.", requires=_PERSONAL)
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    customer: Customer | None = relation("Whose contact it is; null when unknown.")
    queue: Queue | None = relation("Where it waited.")
    agent: Agent | None = relation("Who handled it.")
    team: Team | None = relation("Whose agents handled it.")
    reason: Reason | None = relation("Why the customer made contact.")
    touchpoint: Touchpoint | None = relation("The moment in the journey it came from.")
    touchpoint_by_reason: Touchpoint | None = relation(
        "Where its reason arises, if it names no touchpoint: it counts there.", attributes=("placed_id",)
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(handled_by(info.context.viewer.member_id))
        return queryset


extend(
    Customer,
    "interactions",
    Connection[Interaction] | None,
    child_connection(
        Children(Interaction, INTERACTION_ORDERS, InteractionWhere, ("customer_id",)),
        description="This customer's contacts.",
    ),
)
extend(
    StageVisit,
    "interaction",
    Interaction | None,
    relation("The contact by which it was entered; null where it was something else.", attributes=("entered_by_id",)),
)
extend(
    PromiseOutcome,
    "interaction",
    Interaction | None,
    relation("The contact that shows it; null where something else does.", attributes=("evidence_id",)),
)
timeline_source("INTERACTION", Interaction, "opened_at", "It was in contact with the service.")

# A hand-off names its contact by the id that one has in the same source.
_OF_INTERACTION = ("source", "interaction_external_id")
_INTERACTION_KEY = ("source", "external_id")
extend(
    Handoff,
    "interaction",
    Interaction | None,
    relation(
        "The contact it is about; null when it is about none, or about one not known yet.",
        attributes=_OF_INTERACTION,
        columns=_INTERACTION_KEY,
    ),
)
extend(
    Interaction,
    "handoffs",
    Connection[Handoff] | None,
    child_connection(
        Children(Handoff, HANDOFF_ORDERS, HandoffWhere, _OF_INTERACTION, _INTERACTION_KEY),
        description="Hand-offs between departments that this contact is about.",
    ),
)
shows_frictions("INTERACTION", Interaction)
