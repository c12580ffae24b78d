from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.journeys import models
from apps.journeys.graphql.handoffs.filters import HandoffWhere
from apps.journeys.graphql.handoffs.orders import HANDOFF_ORDERS
from apps.journeys.graphql.mapping.types import Department
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(
    models.Handoff, description="A customer's matter that a department handed to another, and what it carried."
)
class Handoff(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("source", "interaction_external_id")

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    handed_at: auto = column("When it was handed on.")
    accepted_at: auto = column("When the other department took it; null while none has.")
    accept_within_seconds: auto = column("How long that may take; null for the usual day.")
    context_passed: auto = column("Whether all that was known was handed on; null when unknown.")
    question_repeated: auto = column("Whether the customer was asked again what it had told; null when unknown.")
    promise: auto = column("The promise that was handed on, by key; null when none is named.")
    promise_kept: auto = column("Whether it was kept, as the record says itself; null where the ledger tells.")
    customer: Customer | None = relation("Whose matter it was.")
    from_department: Department | None = relation("The department that handed on.")
    to_department: Department | None = relation("The department it was handed to.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


extend(
    Customer,
    "handoffs",
    Connection[Handoff] | None,
    child_connection(
        Children(Handoff, HANDOFF_ORDERS, HandoffWhere, ("customer_id",)),
        description="How this customer's matters went from department to department.",
    ),
)

timeline_source("HANDOFF", Handoff, "handed_at", "A department handed its matter to another.")
