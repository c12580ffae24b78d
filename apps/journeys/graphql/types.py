from datetime import datetime
from typing import Any

import strawberry
from django.db.models import QuerySet

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.journeys import models
from apps.journeys.graphql.enums import Outcome
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.scalars import BigInt, Json


@strawberry.type(description="A moment in a journey, human or not.")
class Touchpoint(Stored, Node):
    model = models.Touchpoint
    requires = Permission.READ_CONFIGURATION

    key: str = column("What imports call it.")
    name: str = column("Its name; empty until somebody gave it one.")
    stage: str | None = column("The stage of the journey it belongs to.")
    department: str | None = column("The department that owns it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        return queryset


@strawberry.type(description="Something a customer went through at a touchpoint.")
class TouchpointEvent(Stored, Node):
    model = models.TouchpointEvent
    requires = Permission.DRILL_DOWN

    external_id: str = column("The id in the source system.")
    source: str = column("The system the record came from.")
    occurred_at: datetime = column("When it happened.")
    outcome: Outcome | None = column("How it went.")
    duration_ms: BigInt | None = column("How long it took, in milliseconds.")
    promise: str | None = column("The promise it was about.")
    promise_kept: bool | None = column("Whether the promise was kept; null when unknown.")
    attributes: Json | None = column("Personal data: whatever else the source told.", requires=Permission.PERSONAL_DATA)
    customer: Customer | None = relation("Who went through it.")
    touchpoint: Touchpoint | None = relation("Where it happened.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        if context.viewer.only_own_work:
            return queryset.filter(customer__in=Customer.visible(context))
        return queryset
