"""Visits of stages, and where customers are on journeys, as nodes."""

from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.journeys import models
from apps.journeys.graphql.mapping.types import Journey, JourneyStage
from apps.journeys.graphql.stages.enums import MomentKind, StageEnding, StageEntry
from apps.journeys.graphql.stages.filters import JourneyProgressWhere, StageVisitWhere
from apps.journeys.graphql.stages.orders import JOURNEY_PROGRESS_ORDERS, STAGE_VISIT_ORDERS
from apps.journeys.graphql.types import Touchpoint, TouchpointEvent
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


def _of_seen(queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
    return queryset.filter(customer__in=Customer.visible(info)) if info.context.rights.only_own_work else queryset


@strawberry_django.type(models.StageVisit, description="A customer's stay in a stage of a journey.")
class StageVisit(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("entered_at", "entered_by_id")

    number: auto = column("Its place among the customer's visits on this journey, from 1.")
    stage_key: auto = column("The stage, by key.")
    entered_at: auto = column("When it was entered.")
    left_at: auto = column("When it was left; null while it goes on. One ahead tells when the stage will be no more.")
    came: StageEntry = column("How it was entered.")
    skipped: auto = column("How many stages were skipped on the way.")
    again: auto = column("How often the customer was in this stage before.")
    ending: StageEnding | None = column("Why it ended; null while it goes on.")
    moments: auto = column("How often the customer was met in it.")
    last_moment_at: auto = column("When it was last met in it.")
    entered_by_kind: MomentKind = column("What told of it first.")
    customer: Customer | None = relation("Whose visit it is.")
    journey: Journey | None = relation("The journey.")
    stage: JourneyStage | None = relation("The stage, of the version in force when it was entered.")
    touchpoint: Touchpoint | None = relation("The touchpoint at which it was entered.")
    touchpoint_event: TouchpointEvent | None = relation(
        "The touchpoint event by which it was entered; null where it was something else.",
        attributes=("entered_by_id",),
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_seen(queryset, info)


@strawberry_django.type(
    models.JourneyProgress, description="Where a customer is on a journey: the stage it was last in."
)
class JourneyProgress(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("since",)

    stage_key: auto = column("The stage, by key.")
    began_at: auto = column("When the customer entered the journey.")
    since: auto = column("When it entered the stage.")
    until: auto = column("When it left it for none, or will, for the stage is no more then; null while it is in it.")
    visits: auto = column("How many visits of stages there were.")
    last_moment_at: auto = column("When the customer was last met on the journey.")
    customer: Customer | None = relation("Who.")
    journey: Journey | None = relation("The journey.")
    stage: JourneyStage | None = relation("The stage, of the version in force when it was entered.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_seen(queryset, info)


def _visits(columns: tuple[str, ...], attributes: tuple[str, ...] = ("id",)) -> Children:
    return Children(StageVisit, STAGE_VISIT_ORDERS, StageVisitWhere, columns, attributes)


def _progress(column: str) -> Children:
    return Children(JourneyProgress, JOURNEY_PROGRESS_ORDERS, JourneyProgressWhere, (column,))


extend(
    Customer,
    "journey_progress",
    Connection[JourneyProgress] | None,
    child_connection(_progress("customer_id"), description="Where this customer is, on each journey it was on."),
)
extend(
    Customer,
    "stage_visits",
    Connection[StageVisit] | None,
    child_connection(_visits(("customer_id",)), description="The stages this customer went through, in order."),
)
extend(
    JourneyProgress,
    "stage_visits",
    Connection[StageVisit] | None,
    child_connection(
        _visits(("customer_id", "journey_id"), ("customer_id", "journey_id")),
        description="The stages the customer went through on this journey, in order.",
    ),
)
extend(
    Journey,
    "progress",
    Connection[JourneyProgress] | None,
    child_connection(_progress("journey_id"), description="Where each customer is that was on it."),
)
extend(
    Journey,
    "stage_visits",
    Connection[StageVisit] | None,
    child_connection(_visits(("journey_id",)), description="What all customers went through on it, in order."),
)

timeline_source("STAGE", StageVisit, "entered_at", "It entered a stage of a journey.")
