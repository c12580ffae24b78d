from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.dimensions import Agent
from apps.interactions.graphql.events.types import INTERACTION_KEY, OF_INTERACTION
from apps.interactions.graphql.messages.enums import MessageAuthor
from apps.interactions.graphql.messages.filters import MessageWhere
from apps.interactions.graphql.messages.orders import MESSAGE_ORDERS
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.Message, description="Something written in a contact's thread; never changed.")
class Message(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = (*OF_INTERACTION, "external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    at: auto = column("When it was sent.")
    author: MessageAuthor = column("Who wrote it.")
    public: auto = column("Whether the customer reads it; else it is a note among the service.")
    text: auto = column("Personal data: what was written.", requires=Permission.PERSONAL_DATA)
    created_at: auto = column("When the record was made.")
    interaction: Interaction | None = relation(
        "The contact whose thread it is in; null while that is not known yet.",
        attributes=OF_INTERACTION,
        columns=INTERACTION_KEY,
    )
    agent: Agent | None = relation("The agent who wrote it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            of = Interaction.visible(info).filter(
                source=OuterRef("source"), external_id=OuterRef("interaction_external_id")
            )
            return queryset.filter(Exists(of))
        return queryset


extend(
    Interaction,
    "messages",
    Connection[Message] | None,
    child_connection(
        Children(Message, MESSAGE_ORDERS, MessageWhere, OF_INTERACTION, INTERACTION_KEY),
        description="Its thread; the earliest first.",
    ),
)
