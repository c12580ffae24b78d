from datetime import datetime
from typing import Any

import strawberry
from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.interactions.graphql.types import Interaction
from apps.journeys.graphql.types import Touchpoint
from apps.surveys import models
from apps.surveys.graphql.enums import SurveyKind
from apps.surveys.graphql.orders import SURVEY_RESPONSE_ORDERS
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

# An answer names its interaction by the id that one has in the same source.
_OF_INTERACTION = ("source", "interaction_external_id")
_INTERACTION_KEY = ("source", "external_id")


@strawberry.type(description="One scored question put to customers.")
class Survey(Stored, Node):
    model = models.Survey
    requires = Permission.READ_CONFIGURATION

    key: str = column("What imports call it.")
    name: str = column("Its name; empty until somebody gave it one.")
    kind: SurveyKind = column("What it asks.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        return queryset


@strawberry.type(description="One answered score.")
class SurveyResponse(Stored, Node):
    model = models.SurveyResponse
    requires = Permission.DRILL_DOWN
    kept = (*_OF_INTERACTION, "external_id")

    external_id: str = column("The id in the source system.")
    source: str = column("The system the record came from.")
    kind: SurveyKind = column("What was asked, and so the scale of the score.")
    score: int = column("The answer.")
    answered_at: datetime = column("When the customer answered.")
    sent_at: datetime | None = column("When the question was sent.")
    comment: str | None = column("What the customer added in words.")
    language: str | None = column("The language of the comment, as a BCP 47 tag.")
    created_at: datetime = column("When the record was made.")
    updated_at: datetime = column("When the record last changed.")
    survey: Survey | None = relation("The question.")
    customer: Customer | None = relation("Who answered; null when unknown.")
    interaction: Interaction | None = relation(
        "The contact it is about; null when it is about none, or about one not known yet.",
        attributes=_OF_INTERACTION,
        columns=_INTERACTION_KEY,
    )
    touchpoint: Touchpoint | None = relation("The moment in the journey it is about.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        if context.viewer.only_own_work:
            about = Interaction.visible(context).filter(
                source=OuterRef("source"), external_id=OuterRef("interaction_external_id")
            )
            return queryset.filter(Exists(about))
        return queryset


_ANSWERS = Connection[SurveyResponse] | None

extend(
    Survey,
    "responses",
    _ANSWERS,
    child_connection(
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, ("survey_id",)), description="The answers to it."
    ),
)
extend(
    Customer,
    "survey_responses",
    _ANSWERS,
    child_connection(
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, ("customer_id",)),
        description="What this customer answered.",
    ),
)
extend(
    Interaction,
    "survey_responses",
    _ANSWERS,
    child_connection(
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, _OF_INTERACTION, _INTERACTION_KEY),
        description="What the customer answered about this contact.",
    ),
)
