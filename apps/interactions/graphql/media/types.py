from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.events.types import INTERACTION_KEY, OF_INTERACTION
from apps.interactions.graphql.media.enums import MediaKind
from apps.interactions.graphql.media.filters import MediaReferenceWhere
from apps.interactions.graphql.media.orders import MEDIA_REFERENCE_ORDERS
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.MediaReference, description="Where a contact's recording or transcript lies.")
class MediaReference(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = (*OF_INTERACTION, "external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    kind: MediaKind = column("What lies there.")
    at: auto = column("When what lies there was made; by that it is kept.")
    url: str | None = column(
        "Personal data: an https address in another system, which says who may open it.",
        requires=Permission.PERSONAL_DATA,
    )
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    interaction: Interaction | None = relation(
        "The contact; null while it is not known yet.", attributes=OF_INTERACTION, columns=INTERACTION_KEY
    )

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
    "media_references",
    Connection[MediaReference] | None,
    child_connection(
        Children(MediaReference, MEDIA_REFERENCE_ORDERS, MediaReferenceWhere, OF_INTERACTION, INTERACTION_KEY),
        description="Where its recordings and transcripts lie; the earliest first.",
    ),
)
