"""Proactive rules, and what they decided about whom."""

from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.consents.enums import ContactChannel
from apps.customers.graphql.segments.types import Segment
from apps.customers.graphql.types import Customer
from apps.insights import models
from apps.insights.graphql.outreach.enums import OutreachArm, OutreachKind, ProactiveRuleState
from apps.insights.graphql.outreach.lists import OUTREACH_ORDERS, OutreachWhere
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(
    models.ProactiveRule,
    description="Who is told what before they have to ask, as soon as they are in a segment; a share is left alone, so"
    " that it can be told what came of it.",
)
class ProactiveRule(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("key",)

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    state: ProactiveRuleState = column("Whether it reaches customers.")
    state_since: auto = column("Since when.")
    kind: OutreachKind = column("What customers are told for.")
    text: auto = column("What is to be said, for the brand's own sender.")
    channel: ContactChannel = column("How they are told, which they must allow.")
    hold_out: auto = column("The share that is left alone to compare with, 0.05 to 0.5.")
    effect_days: auto = column("What customers do in so many days after counts.")
    most_a_day: auto = column("How many are told a day at most, by the brand's days.")
    approved_at: auto = column("When it was approved; null while it never was.")
    approved_by: str | None = column(
        "Personal data: who approved it, by the name shown then.", requires=Permission.PERSONAL_DATA
    )
    created_at: auto = column("When it was made.")
    updated_at: auto = column("When it was last changed.")
    segment: Segment | None = relation("Whom it is for.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Outreach, description="What a proactive rule decided about a customer.")
class Outreach(Stored, Node):
    requires = Permission.DRILL_DOWN

    arm: OutreachArm = column("What was decided.")
    why: auto = column("Why it may not be contacted, as a code; null unless it was suppressed.")
    taken_at: auto = column("When.")
    until: auto = column("Until when what the customer does counts.")
    rule: ProactiveRule | None = relation("By which rule.")
    customer: Customer | None = relation("About whom.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("customer_id"))))
        return queryset


extend(
    ProactiveRule,
    "outreaches",
    Connection[Outreach] | None,
    child_connection(
        Children(Outreach, OUTREACH_ORDERS, OutreachWhere, ("rule_id",)),
        description="What it decided about whom; the newest first.",
    ),
)
extend(
    Customer,
    "outreaches",
    Connection[Outreach] | None,
    child_connection(
        Children(Outreach, OUTREACH_ORDERS, OutreachWhere, ("customer_id",)),
        description="What proactive rules decided about this customer; the newest first.",
    ),
)
