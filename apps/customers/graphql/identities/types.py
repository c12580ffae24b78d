"""Under which identities a customer is known besides its own, and when which of them came and left."""

from typing import Any
from uuid import UUID

import strawberry
import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.identities.enums import IdentityChangeKind
from apps.customers.graphql.identities.lists import (
    IDENTITY_CHANGE_ORDERS,
    IDENTITY_ORDERS,
    CustomerIdentityWhere,
    IdentityChangeWhere,
)
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column, global_id_of, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

_PERSONAL = Permission.PERSONAL_DATA


@strawberry_django.type(models.CustomerIdentity, description="An identity that was merged into a customer.")
class CustomerIdentity(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    name: auto = column("Personal data: the name its source tells.", requires=_PERSONAL)
    email: auto = column("Personal data: the e-mail address its source tells.", requires=_PERSONAL)
    phone: auto = column("Personal data: the telephone number its source tells.", requires=_PERSONAL)
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    customer: Customer | None = relation("Whose it is by now.", attributes=("merged_into_id",))

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("merged_into_id"))))
        return queryset


@strawberry_django.type(models.IdentityChange, description="That an identity came to a customer, or left it.")
class IdentityChange(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("at",)

    at: auto = column("When it was.")
    kind: IdentityChangeKind = column("What became of the identity.")
    actor_name: str | None = column("Personal data: whose doing it was, by the name shown then.", requires=_PERSONAL)
    identity_id: strawberry.ID | None = global_id_of(
        "Customer", "The id that it has as a customer; it leads to whose it is by now."
    )
    customer: Customer | None = relation("The customer it came to or left; or who it is since it left another.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("customer_id"))))
        return queryset


extend(
    Customer,
    "identities",
    Connection[CustomerIdentity] | None,
    child_connection(
        Children(CustomerIdentity, IDENTITY_ORDERS, CustomerIdentityWhere, ("merged_into_id",)),
        description="The identities that were merged into this customer, besides its own; the newest first.",
    ),
)
extend(
    Customer,
    "identity_history",
    Connection[IdentityChange] | None,
    child_connection(
        Children(IdentityChange, IDENTITY_CHANGE_ORDERS, IdentityChangeWhere, ("customer_id",)),
        description="Which identities came to this customer and left it, and by whom; the newest first.",
    ),
)


def shown(customer_id: UUID, info: Any) -> Customer | None:
    """Read a customer as everybody reads."""
    return Customer.find(customer_id, info._raw_info)  # type: ignore[return-value]  # a row, shown as the type
