from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.dimensions import Agent, Queue
from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.events.enums import InteractionEventKind
from apps.interactions.graphql.events.filters import InteractionEventWhere
from apps.interactions.graphql.events.orders import INTERACTION_EVENT_ORDERS
from apps.interactions.graphql.reasons.types import Reason
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

# An event names its interaction by the id that one has in the same source.
OF_INTERACTION = ("source", "interaction_external_id")
INTERACTION_KEY = ("source", "external_id")


@strawberry_django.type(models.InteractionEvent, description="Something that happened to a contact; never changed.")
class InteractionEvent(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = (*OF_INTERACTION, "external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    kind: InteractionEventKind = column("What happened.")
    at: auto = column("When it happened.")
    priority: Priority | None = column("How urgent the contact is by it; null when it does not say.")
    resolution: auto = column("A code of how the contact was resolved; null when it does not say.")
    until: auto = column("When a snooze ends; null when it does not say.")
    created_at: auto = column("When the record was made.")
    interaction: Interaction | None = relation(
        "The contact it happened to; null while that is not known yet.",
        attributes=OF_INTERACTION,
        columns=INTERACTION_KEY,
    )
    agent: Agent | None = relation("Who has the contact by it; of a transfer, who gets it.")
    queue: Queue | None = relation("Where the contact waits from then on.")
    reason: Reason | None = relation("Why the customer made contact, if it says so.")

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
    "events",
    Connection[InteractionEvent] | None,
    child_connection(
        Children(InteractionEvent, INTERACTION_EVENT_ORDERS, InteractionEventWhere, OF_INTERACTION, INTERACTION_KEY),
        description="What happened to this contact, as it was told; the earliest first.",
    ),
)
