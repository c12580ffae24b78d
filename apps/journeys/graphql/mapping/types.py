"""Journeys, their versions, and what these consist of, as nodes."""

from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.journeys import models
from apps.journeys.graphql.mapping.enums import JourneyVersionState, PromiseCriterion, StageKind, TouchpointChannel
from apps.journeys.graphql.mapping.filters import JourneyStageWhere, JourneyVersionWhere, PlacementWhere
from apps.journeys.graphql.mapping.orders import JOURNEY_STAGE_ORDERS, JOURNEY_VERSION_ORDERS, PLACEMENT_ORDERS
from apps.journeys.graphql.types import Touchpoint
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import BigInt


@strawberry_django.type(models.Department, description="A part of the company: owns touchpoints, makes promises.")
class Department(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    created_at: auto = column("When it was made.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.BrandPromise, description="What the brand says will happen; never changed.")
class BrandPromise(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What others refer to it by; `promise` of touchpoint events.")
    text: auto = column("What is promised, in the brand's words.")
    criterion: PromiseCriterion = column("How it is known whether it was kept.")
    within_ms: BigInt | None = column("How long it may take in milliseconds; null unless the criterion is WITHIN.")
    maker: Department | None = relation("The department that promises.")
    created_at: auto = column("When it was made.")
    retired_at: auto = column("When it was retired; null while it is made.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Journey, description="A way customers go with the brand; its versions say which.")
class Journey(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    created_at: auto = column("When it was made.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(
    models.JourneyVersion, description="A journey as it is over a span of time; once published it never changes."
)
class JourneyVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    number: auto = column("Its place among the journey's versions, in the order they were drafted.")
    state: JourneyVersionState = column("How it stands.")
    effective_from: auto = column("From when it is in force; null of a draft.")
    effective_until: auto = column("Until just before when it is; null while no end is known.")
    created_at: auto = column("When it was drafted.")
    published_at: auto = column("When it was published; null of a draft.")
    retired_at: auto = column("When it was retired; null unless it was.")
    journey: Journey | None = relation("Whose version it is.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.JourneyStage, description="A stage of a version of a journey.")
class JourneyStage(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    position: auto = column("Its place in the version, from 0.")
    key: auto = column("What numbers by STAGE are told under.")
    kind: StageKind = column("What of the template it is.")
    name: auto = column("The brand's name for it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Placement, description="A touchpoint's place in a version, and what is asked of it.")
class Placement(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    position: auto = column("Its place in the version, from 0.")
    name: auto = column("What it is called in this version.")
    channel: TouchpointChannel = column("Where it meets the customer.")
    is_moment_of_truth: auto = column("Whether much hangs on it.")
    weight: auto = column("Its part of the journey in percent; those of a version add to 100.")
    slo_ms: BigInt | None = column("Its service level: how long it may take in milliseconds; null without one.")
    slo_share: auto = column("Its service level: the fraction of what happens there that must take no longer.")
    touchpoint: Touchpoint | None = relation("The touchpoint.")
    stage: JourneyStage | None = relation("The stage it lies in.")
    version: JourneyVersion | None = relation("The version it lies in.")
    owner: Department | None = relation("The department that owns it.")
    promise: BrandPromise | None = relation("What is promised there; null where nothing is.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


def _placements(column: str) -> Children:
    return Children(Placement, PLACEMENT_ORDERS, PlacementWhere, (column,))


extend(
    Journey,
    "versions",
    Connection[JourneyVersion] | None,
    child_connection(
        Children(JourneyVersion, JOURNEY_VERSION_ORDERS, JourneyVersionWhere, ("journey_id",)),
        description="What it is, was and will be; the newest first.",
    ),
)
extend(
    JourneyVersion,
    "stages",
    Connection[JourneyStage] | None,
    child_connection(
        Children(JourneyStage, JOURNEY_STAGE_ORDERS, JourneyStageWhere, ("version_id",)),
        description="Its stages, in their order.",
    ),
)
extend(
    JourneyVersion,
    "placements",
    Connection[Placement] | None,
    child_connection(_placements("version_id"), description="Its touchpoints, in their order."),
)
extend(
    JourneyStage,
    "placements",
    Connection[Placement] | None,
    child_connection(_placements("stage_id"), description="Its touchpoints, in their order."),
)
extend(
    Touchpoint,
    "placements",
    Connection[Placement] | None,
    child_connection(_placements("touchpoint_id"), description="Where it lies, in every version that has it."),
)
