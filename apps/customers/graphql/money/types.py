from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.money.filters import REFERRAL_ORDERS, ReferralWhere
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import CurrencyCode


@strawberry_django.type(
    models.ExchangeRate, description="What one unit of a currency is worth in the brand's, from an instant on."
)
class ExchangeRate(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    currency: CurrencyCode = column("The currency.")
    effective_from: auto = column("It holds from then on, until the next rate of this currency.")
    rate: float = column("In the brand's currency.")
    created_at: auto = column("When it was recorded.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Referral, description="That a customer brought another one.")
class Referral(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    referred_at: auto = column("When it was.")
    referrer: Customer | None = relation("Who brought the other.")
    customer: Customer | None = relation("Who was brought.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            visible = Customer.visible(info)
            return queryset.filter(referrer__in=visible, customer__in=visible)
        return queryset


extend(
    Customer,
    "referrals",
    Connection[Referral] | None,
    child_connection(
        Children(Referral, REFERRAL_ORDERS, ReferralWhere, ("referrer_id",)), description="Whom this customer brought."
    ),
)
timeline_source("REFERRED", Referral, "referred_at", "It brought another customer.", customer="referrer_id")
timeline_source("BROUGHT", Referral, "referred_at", "Another customer brought it.")


@strawberry.type(description="The terms on which the brand reckons with money.")
class MoneyTerms:
    gross_margin: float = column("The share of revenue that stays; 1 until the brand says.")
    monthly_discount: float = column("By how much a month's wait makes money worth less.")
    inactive_after_gaps: float = column(
        "How many times the usual gap between two purchases somebody may be silent and still be a customer."
    )
    least_p_alive: float = column("Who is less likely still a customer than this is taken for lost.")
