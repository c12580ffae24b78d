from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.journeys import models
from apps.journeys.graphql.enums import Outcome
from apps.journeys.graphql.filters import TouchpointEventWhere
from apps.journeys.graphql.frictions.showing import shows_frictions
from apps.journeys.graphql.orders import TOUCHPOINT_EVENT_ORDERS
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import BigInt, Json


@strawberry_django.type(models.Touchpoint, description="A moment in a journey, human or not.")
class Touchpoint(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What imports call it.")
    name: auto = column("Its name; empty until somebody gave it one.")
    stage: auto = column("The stage it is in while no journey in force has it.")
    department: auto = column("The department that owns it while no journey in force has it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.TouchpointEvent, description="Something a customer went through at a touchpoint.")
class TouchpointEvent(Stored, Node):
    requires = Permission.DRILL_DOWN

    external_id: auto = column("The id in the source system.")
    source: auto = column("The system the record came from.")
    occurred_at: auto = column("When it happened.")
    outcome: Outcome | None = column("How it went.")
    duration_ms: BigInt | None = column("How long it took, in milliseconds.")
    promise: auto = column("The promise it was about.")
    promise_kept: auto = column("Whether the promise was kept; null when unknown.")
    attributes: Json | None = column("Personal data: whatever else the source told.", requires=Permission.PERSONAL_DATA)
    customer: Customer | None = relation("Who went through it.")
    touchpoint: Touchpoint | None = relation("Where it happened.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


def _events(column: str) -> Children:
    return Children(TouchpointEvent, TOUCHPOINT_EVENT_ORDERS, TouchpointEventWhere, (column,))


extend(
    Customer,
    "touchpoint_events",
    Connection[TouchpointEvent] | None,
    child_connection(_events("customer_id"), description="What this customer went through."),
)
extend(
    Touchpoint,
    "events",
    Connection[TouchpointEvent] | None,
    child_connection(_events("touchpoint_id"), description="What customers went through here."),
)
timeline_source("TOUCHPOINT_EVENT", TouchpointEvent, "occurred_at", "It went through something at a touchpoint.")
shows_frictions("TOUCHPOINT_EVENT", TouchpointEvent)
