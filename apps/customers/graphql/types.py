from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

import strawberry
from django.db.models import Q, QuerySet

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.enums import OrderKind
from apps.customers.graphql.orders import ORDER_ORDERS
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import CurrencyCode, Json

_PERSONAL = Permission.PERSONAL_DATA


@strawberry.type(description="A person the brand serves.")
class Customer(Stored, Node):
    model = models.Customer
    requires = Permission.DRILL_DOWN
    # Which customers a member serves is known where interactions are: that app says so. Until then: none.
    served_by: ClassVar[Callable[[UUID], Q]] = staticmethod(lambda member_id: Q(pk__in=[]))

    external_id: str = column("The id in the source system.")
    source: str = column("The system the record came from.")
    name: str | None = column("Personal data: the name.", requires=_PERSONAL)
    email: str | None = column("Personal data: the e-mail address.", requires=_PERSONAL)
    phone: str | None = column("Personal data: the telephone number.", requires=_PERSONAL)
    attributes: Json | None = column("Personal data: whatever else the source told.", requires=_PERSONAL)
    language: str | None = column("The language, as a BCP 47 tag.")
    country: str | None = column("The country, ISO 3166-1 alpha-2.")
    segment: str | None = column("The brand's own segment.")
    joined_at: datetime | None = column("When it became a customer.")
    churned_at: datetime | None = column("When it stopped being one; null while it is.")
    created_at: datetime = column("When the record was made.")
    updated_at: datetime = column("When the record last changed.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        if context.viewer.only_own_work:
            return queryset.filter(cls.served_by(context.viewer.member_id))
        return queryset


@strawberry.type(description="Money a customer paid or took back.")
class Order(Stored, Node):
    model = models.Order
    requires = Permission.DRILL_DOWN

    external_id: str = column("The id in the source system.")
    source: str = column("The system the record came from.")
    ordered_at: datetime = column("When it was ordered.")
    amount: Decimal = column("In major units of the currency; positive, the kind gives the sign.")
    currency: CurrencyCode = column("The currency.")
    kind: OrderKind = column("What it did to the revenue.")
    customer: Customer | None = relation("Who ordered.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        if context.viewer.only_own_work:
            return queryset.filter(customer__in=Customer.visible(context))
        return queryset


extend(
    Customer,
    "orders",
    Connection[Order] | None,
    child_connection(Children(Order, ORDER_ORDERS, ("customer_id",)), description="What this customer ordered."),
)
