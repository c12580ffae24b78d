"""Reasons, what they were, and the touchpoints at which they arise, as nodes."""

from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.reasons.filters import ReasonTouchpointWhere, ReasonVersionWhere, ReasonWhere
from apps.interactions.graphql.reasons.orders import REASON_ORDERS, REASON_TOUCHPOINT_ORDERS, REASON_VERSION_ORDERS
from apps.journeys.graphql.types import Touchpoint
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.Reason, description="Why customers contact: a node of the tree of reasons.")
class Reason(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    path: auto = column("The names from the root, joined by `/`.")
    name: auto = column("Its own name.")
    retired_at: auto = column("When it was retired, or merged into another; null while it is in use.")
    parent: "Reason | None" = relation("The reason it is a part of; null at the root.")
    merged_into: "Reason | None" = relation("The reason it was merged into, which its contacts count under.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.ReasonVersion, description="What a reason was over a span of time; never changed.")
class ReasonVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    number: auto = column("The number of the tree's version that it came with; 0 where the tree had none yet.")
    since: auto = column("From when it held; 1900 where nobody said.")
    until: auto = column("Until when it held; null while it does.")
    path: auto = column("The path it had.")
    name: auto = column("The name it had.")
    retired_at: auto = column("When it was retired or merged, if it was by then.")
    reason: Reason | None = relation("The reason.")
    parent: Reason | None = relation("What it lay below; null at the root.")
    merged_into: Reason | None = relation("What it had been merged into by then.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.ReasonTouchpoint, description="That a reason arises at a touchpoint.")
class ReasonTouchpoint(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    linked_at: auto = column("When it was linked.")
    reason: Reason | None = relation("The reason.")
    touchpoint: Touchpoint | None = relation("Where it arises.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


def _links(column: str) -> Children:
    return Children(ReasonTouchpoint, REASON_TOUCHPOINT_ORDERS, ReasonTouchpointWhere, (column,))


extend(
    Reason,
    "children",
    Connection[Reason] | None,
    child_connection(
        Children(Reason, REASON_ORDERS, ReasonWhere, ("parent_id",)),
        description="The reasons directly below it; retired ones too.",
    ),
)
extend(
    Reason,
    "versions",
    Connection[ReasonVersion] | None,
    child_connection(
        Children(ReasonVersion, REASON_VERSION_ORDERS, ReasonVersionWhere, ("reason_id",)),
        description="What it is and was; the newest first.",
    ),
)
extend(
    Reason,
    "touchpoints",
    Connection[ReasonTouchpoint] | None,
    child_connection(_links("reason_id"), description="Where it arises."),
)
extend(
    Touchpoint,
    "reasons",
    Connection[ReasonTouchpoint] | None,
    child_connection(_links("touchpoint_id"), description="What customers contact about because of it."),
)
