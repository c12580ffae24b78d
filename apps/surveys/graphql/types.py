from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.interactions.graphql.types import Interaction
from apps.journeys.graphql.frictions.showing import shows_frictions
from apps.journeys.graphql.promises.types import PromiseOutcome
from apps.journeys.graphql.stages.types import StageVisit
from apps.journeys.graphql.types import Touchpoint
from apps.surveys import models
from apps.surveys.graphql.enums import SurveyKind, SurveyScope
from apps.surveys.graphql.filters import SurveyResponseWhere
from apps.surveys.graphql.orders import SURVEY_RESPONSE_ORDERS
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

# An answer names its interaction by the id that one has in the same source.
_OF_INTERACTION = ("source", "interaction_external_id")
_INTERACTION_KEY = ("source", "external_id")


@strawberry_django.type(models.Survey, description="One scored question put to customers.")
class Survey(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What imports call it.")
    name: auto = column("Its name; empty until somebody gave it one.")
    kind: SurveyKind = column("What it asks.")
    scope: SurveyScope = column("What answers speak of: one moment of service, or all there is; never pooled.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.SurveyResponse, description="One answered score.")
class SurveyResponse(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = (*_OF_INTERACTION, "external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    kind: SurveyKind = column("What was asked, and so the scale of the score.")
    score: auto = column("The answer.")
    answered_at: auto = column("When the customer answered.")
    sent_at: auto = column("When the question was sent.")
    comment: auto = column("Personal data: what the customer added in words.", requires=Permission.PERSONAL_DATA)
    language: auto = column("The language of the comment, as a BCP 47 tag.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    survey: Survey | None = relation("The question.")
    customer: Customer | None = relation("Who answered; null when unknown.")
    interaction: Interaction | None = relation(
        "The contact it is about; null when it is about none, or about one not known yet.",
        attributes=_OF_INTERACTION,
        columns=_INTERACTION_KEY,
    )
    touchpoint: Touchpoint | None = relation("The moment in the journey it is about.")
    touchpoint_by_interaction: Touchpoint | None = relation(
        "Where the contact it is about was, if it names no touchpoint: it counts there.", attributes=("placed_id",)
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            about = Interaction.visible(info).filter(
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
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, SurveyResponseWhere, ("survey_id",)),
        description="The answers to it.",
    ),
)
extend(
    Customer,
    "survey_responses",
    _ANSWERS,
    child_connection(
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, SurveyResponseWhere, ("customer_id",)),
        description="What this customer answered.",
    ),
)
extend(
    Interaction,
    "survey_responses",
    _ANSWERS,
    child_connection(
        Children(SurveyResponse, SURVEY_RESPONSE_ORDERS, SurveyResponseWhere, _OF_INTERACTION, _INTERACTION_KEY),
        description="What the customer answered about this contact.",
    ),
)
extend(
    StageVisit,
    "survey_response",
    SurveyResponse | None,
    relation("The answer by which it was entered; null where it was something else.", attributes=("entered_by_id",)),
)
extend(
    PromiseOutcome,
    "survey_response",
    SurveyResponse | None,
    relation("The answer that shows it; null where something else does.", attributes=("evidence_id",)),
)
timeline_source("SURVEY_RESPONSE", SurveyResponse, "answered_at", "It answered a survey.")
shows_frictions("SURVEY_RESPONSE", SurveyResponse)
