from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, Q, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.interactions.graphql.reasons.types import Reason
from apps.interactions.graphql.types import Interaction
from apps.surveys import models
from apps.surveys.graphql.feedback.enums import FeedbackSource, SentimentLabel
from apps.surveys.graphql.feedback.filters import FeedbackWhere
from apps.surveys.graphql.feedback.orders import FEEDBACK_ORDERS
from apps.surveys.graphql.types import SurveyResponse
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.Theme, description="What several pieces of feedback speak of.")
class Theme(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    name: auto = column("Its name: its most telling words, or what a person called it.")
    named_by_hand: auto = column("Whether a person named it; then it keeps its name.")
    pinned: auto = column("Whether a person keeps it: it stays when nothing new fits, and what it is told by stays.")
    terms: list[str] = column("The words that tell it from others, the most telling first; each used by several.")
    language: auto = column("The language it is spoken of in, as a BCP 47 tag; null where in several, or not known.")
    first_seen: auto = column("When the earliest piece of it was said.")
    created_at: auto = column("When it was found.")
    updated_at: auto = column("When something of it last changed.")
    reason: Reason | None = relation("The contact reason that a person linked it to; null when none did.")
    merged_into: "Theme | None" = relation("The theme that took it in; null when none did.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.FeedbackItem, description="Something a customer said in words, and what was made of it.")
class FeedbackItem(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system; made here where it was made of an answer or a contact.")
    source: auto = column("The system the record came from.")
    kind: FeedbackSource = column("Where it was said.")
    text: auto = column("Personal data: what was said; null once it was erased.", requires=Permission.PERSONAL_DATA)
    occurred_at: auto = column("When it was said.")
    language: auto = column("The language its source told, as a BCP 47 tag.")
    detected_language: auto = column("The language that was found, as a BCP 47 tag; null when none was.")
    score: auto = column(
        "An estimate of how the customer feels, -1 to 1; null until there is one, and where the model does not know"
        " the language."
    )
    label: SentimentLabel | None = column("The score as a word; null where there is none.")
    mixed: auto = column("Whether it is clearly good and clearly bad at once.")
    confidence: auto = column("How sure the model is, 0 to 1, on its own scale.")
    model: auto = column("The model that estimated; null until one did.")
    model_version: auto = column("The version of that.")
    enriched_at: auto = column("When it did, also where it does not know the language.")
    theme_by_hand: auto = column("Whether a person put it under its theme.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    customer: Customer | None = relation("Who said it; null when unknown.")
    interaction: Interaction | None = relation("The contact it was said in; null where it was none.")
    survey_response: SurveyResponse | None = relation("The answer it is the comment of; null where it is of none.")
    theme: Theme | None = relation("What it speaks of; null where nothing was found.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            contact = Interaction.visible(info).filter(pk=OuterRef("interaction_id"))
            answer = SurveyResponse.visible(info).filter(pk=OuterRef("survey_response_id"))
            return queryset.filter(Q(Exists(contact)) | Q(Exists(answer)))
        return queryset


_FEEDBACK = Connection[FeedbackItem] | None

extend(
    Theme,
    "feedback",
    _FEEDBACK,
    child_connection(
        Children(FeedbackItem, FEEDBACK_ORDERS, FeedbackWhere, ("theme_id",)),
        description="What customers said of it; the newest first.",
    ),
)
extend(
    Customer,
    "feedback",
    _FEEDBACK,
    child_connection(
        Children(FeedbackItem, FEEDBACK_ORDERS, FeedbackWhere, ("customer_id",)),
        description="What this customer said in words, wherever; the newest first.",
    ),
)
extend(
    Interaction,
    "feedback",
    FeedbackItem | None,
    relation(
        "What the customer said in it; null where no words are kept.", attributes=("id",), columns=("interaction_id",)
    ),
)
extend(
    SurveyResponse,
    "feedback",
    FeedbackItem | None,
    relation("What its comment says; null where it has none.", attributes=("id",), columns=("survey_response_id",)),
)
