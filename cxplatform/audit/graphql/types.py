from enum import Enum
from typing import Any

import orjson
import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from cxplatform.audit import models
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.keyset import Term
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.scalars import BigInt, Json

# The kernel knows permissions by their values alone.
MAY_READ_TRAIL = "READ_MANAGEMENT"


def _before(root: strawberry.Parent[models.AuditEvent]) -> Json | None:
    return Json(orjson.loads(root.before)) if root.before is not None else None


def _after(root: strawberry.Parent[models.AuditEvent]) -> Json | None:
    return Json(orjson.loads(root.after)) if root.after is not None else None


class _Told(Stored):
    """What both kinds of trail tell of an event."""

    requires = MAY_READ_TRAIL
    kept = ("before", "after")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.AuditEvent, description="Something that was done in this brand; never changed again.")
class AuditEvent(_Told, Node):
    sequence: BigInt = column("Its place in the chain: 1, 2, 3, … without a gap.")
    at: auto = column("When it happened.")
    actor_name: auto = column("Who did it, by the name shown then.")
    actor_role: auto = column("What the actor was: a role, OPERATOR or SYSTEM.")
    of_provider: auto = column("Whether somebody from outside the brand did it.")
    action: auto = column("The command's name; `access` where somebody from outside reached into the brand.")
    object_type: auto = column("What kind of thing it was done to.")
    object_id: auto = column("What it was done to; empty for an access.")
    object_label: auto = column("What it was called then; of an access, the operation's name.")
    request_id: auto = column("The request it was done in; empty when there was none.")
    previous_hash: auto = column("The hash of the event before, to which this one is chained.")
    hash: auto = column("SHA-256 over all of it and the hash before.")
    before: Json | None = strawberry.field(resolver=_before, description="What changed, as it was.")
    after: Json | None = strawberry.field(resolver=_after, description="What changed, as it became.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.AuditEvent, description="Something that was done to brands, members, grants or keys.")
class ProviderAuditEvent(_Told):
    id: strawberry.ID = column("Its id.")
    sequence: BigInt = column("Its place in the provider's chain; others may lie between two that you see.")
    at: auto = column("When it happened.")
    actor_name: auto = column("Who did it, by the name shown then.")
    actor_role: auto = column("What the actor was: a role, OPERATOR or SYSTEM.")
    of_provider: auto = column("Whether the actor is the provider's.")
    action: auto = column("The command's name.")
    object_type: auto = column("What kind of thing it was done to.")
    object_id: auto = column("What it was done to.")
    object_label: auto = column("What it was called then.")
    request_id: auto = column("The request it was done in; empty when there was none.")
    previous_hash: auto = column("The hash of the event before, to which this one is chained.")
    hash: auto = column("SHA-256 over all of it and the hash before.")
    before: Json | None = strawberry.field(resolver=_before, description="What changed, as it was.")
    after: Json | None = strawberry.field(resolver=_after, description="What changed, as it became.")

    @classmethod
    def visible(cls, info: AnyInfo) -> "QuerySet[Any]":
        """Return what is about none but this viewer's brands. Raises: Forbidden."""
        info.context.require(cls.requires)
        return cls.get_queryset(models.AuditEvent.objects.all(), info)

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        viewer = info.context.viewer
        about = queryset.filter(brand_ids__contained_by=[brand.id for brand in viewer.brands])
        # What is about no brand is about the provider's own people.
        return about if viewer.actor.of_provider else about.exclude(brand_ids=[])


@strawberry.enum(description="What the events of a trail can be ordered by.")
class AuditEventOrderField(Enum):
    SEQUENCE = strawberry.enum_value("sequence", description="Their place in the chain.")


@strawberry.input(description="An order of the events of a trail.")
class AuditEventOrderBy:
    field: AuditEventOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


AUDIT_EVENT_ORDERS = Orders(input_type=AuditEventOrderBy, terms={"sequence": Term("sequence", int)}, usual="sequence")
