from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.interactions.graphql.types import Interaction
from apps.journeys.graphql.types import Touchpoint
from apps.surveys import models
from apps.surveys.graphql.invitations.enums import InvitationState, SendingChannel
from apps.surveys.graphql.types import Survey
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored


@strawberry_django.type(models.Invitation, description="A customer asked to answer a survey, once for one occasion.")
class Invitation(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("source", "external_id", "interaction_external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    state: InvitationState = column("How far it went.")
    channel: SendingChannel = column("How it reaches the customer.")
    language: auto = column("The language it is written in, as a BCP 47 tag.")
    sent_at: auto = column("When it was sent; null for one that was not.")
    answered_at: auto = column("When it was answered.")
    expires_at: auto = column("Until when it may be answered.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    survey: Survey | None = relation("What is asked.")
    customer: Customer | None = relation("Who is asked; null when unknown.")
    touchpoint: Touchpoint | None = relation("The moment in the journey it is about.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            about = Interaction.visible(info).filter(
                source=OuterRef("source"), external_id=OuterRef("interaction_external_id")
            )
            return queryset.filter(Exists(about))
        return queryset
