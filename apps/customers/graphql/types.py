from functools import cache
from typing import Any
from uuid import UUID

import strawberry_django
from django.db.models import Q, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.enums import OrderKind
from apps.customers.graphql.filters import OrderWhere
from apps.customers.graphql.orders import ORDER_ORDERS
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.identities.moving import customer_of_now
from apps.customers.serving import served_by
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo, ResolveInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import CurrencyCode, Json

_PERSONAL = Permission.PERSONAL_DATA


@strawberry_django.type(models.Customer, description="A person the brand serves.")
class Customer(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    name: auto = column("Personal data: the name.", requires=_PERSONAL)
    email: auto = column("Personal data: the e-mail address.", requires=_PERSONAL)
    phone: auto = column("Personal data: the telephone number.", requires=_PERSONAL)
    attributes: Json | None = column("Personal data: whatever else the source told.", requires=_PERSONAL)
    language: auto = column("The language, as a BCP 47 tag.")
    country: auto = column("The country, ISO 3166-1 alpha-2.")
    segment: auto = column("The brand's own segment.")
    health_score: float | None = column(
        "How it fared when that was last reckoned, within the last day or so: what lists go by. `health` is as of now."
    )
    joined_at: auto = column("When it became a customer.")
    churned_at: auto = column("When it stopped being one; null while it is.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(served_by(info.context.viewer.member_id))
        return queryset

    @classmethod
    def everything(cls) -> "QuerySet[Any]":
        """Return all that were not merged."""
        return _standing().all()

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        """Read one row; of a customer that was merged, the one it was merged into. Raises: Forbidden."""
        return super().find(key, info) or super().find(customer_of_now(key), info)


@cache
def _standing() -> "QuerySet[Any]":
    # A page of contacts asks for them each time, and narrowing took longer than all else that is written of it.
    return models.Customer.objects.filter(merged_into__isnull=True)


@strawberry_django.type(models.Order, description="Money a customer paid or took back.")
class Order(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    ordered_at: auto = column("When it was ordered.")
    amount: auto = column("In major units of the currency; positive, the kind gives the sign.")
    currency: CurrencyCode = column("The currency.")
    kind: OrderKind = column("What it did to the revenue.")
    customer: Customer | None = relation("Who ordered.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


extend(
    Customer,
    "orders",
    Connection[Order] | None,
    child_connection(
        Children(Order, ORDER_ORDERS, OrderWhere, ("customer_id",)), description="What this customer ordered."
    ),
)

_MONEY_ALONE = Q(kind__in=(models.OrderKind.PURCHASE, models.OrderKind.REFUND))

timeline_source("JOINED", Customer, "joined_at", "It became a customer.", customer="id")
timeline_source("CHURNED", Customer, "churned_at", "It stopped being a customer.", customer="id")
timeline_source("ORDER", Order, "ordered_at", "Something was bought or refunded.", only=_MONEY_ALONE)
timeline_source("SUBSCRIPTION", Order, "ordered_at", "A subscription moved.", only=~_MONEY_ALONE)
