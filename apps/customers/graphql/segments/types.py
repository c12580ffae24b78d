"""Segments by rules, who is in them, and who was."""

from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers import models
from apps.customers.graphql.segments.lists import (
    SEGMENT_STAY_ORDERS,
    SEGMENT_VERSION_ORDERS,
    SegmentMemberWhere,
    SegmentStayWhere,
    SegmentVersionWhere,
)
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.graphql.scalars import Json


@strawberry_django.type(models.Segment, description="A group of customers by rules.")
class Segment(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("key",)

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    rules: Json = column("What its rules say, as they were given.")
    version: int = column("How often they were said anew, the first time being 1.")
    size: int | None = column("How many were in it when it was last evaluated; null until it is.")
    evaluated_at: auto = column("When that was: within the last hour or so, and soon after the rules change.")
    failed_at: auto = column(
        "When it could not be evaluated since then; null where nothing failed. It is tried again hourly."
    )
    failure: auto = column("Why it could not be evaluated; null where nothing failed.")
    created_at: auto = column("When it was made.")
    retired_at: auto = column("When it was retired; null while it is in use.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.SegmentVersion, description="What a segment's rules said from an instant on.")
class SegmentVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("since",)

    number: int = column("1, 2, 3 and so on.")
    since: auto = column("From when on; until the next version, if there is one.")
    rules: Json = column("What they said.")
    actor_name: str | None = column(
        "Personal data: whose doing it was, by the name shown then.", requires=Permission.PERSONAL_DATA
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


def _of_visible(queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
    if info.context.rights.only_own_work:
        return queryset.filter(Exists(Customer.visible(info).filter(pk=OuterRef("customer_id"))))
    return queryset


@strawberry_django.type(models.SegmentMember, description="That a customer is in a segment.")
class SegmentMember(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("entered_at",)

    entered_at: auto = column("Since when.")
    segment: Segment | None = relation("The segment.")
    customer: Customer | None = relation("Who is in it; null of one that was merged since.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_visible(queryset, info)


@strawberry_django.type(models.SegmentStay, description="That a customer is or was in a segment.")
class SegmentStay(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("entered_at",)

    entered_at: auto = column("Since when.")
    left_at: auto = column("Until when; null while it is in it.")
    segment: Segment | None = relation("The segment.")
    customer: Customer | None = relation("Who is or was in it; null of one that was merged since.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return _of_visible(queryset, info)


extend(
    Segment,
    "members",
    Connection[SegmentMember] | None,
    child_connection(
        Children(SegmentMember, SEGMENT_STAY_ORDERS, SegmentMemberWhere, ("segment_id",)),
        description="Who is in it; the latest to enter first.",
    ),
)
extend(
    Segment,
    "versions",
    Connection[SegmentVersion] | None,
    child_connection(
        Children(SegmentVersion, SEGMENT_VERSION_ORDERS, SegmentVersionWhere, ("segment_id",)),
        description="What its rules said; the newest first.",
    ),
)
extend(
    Customer,
    "segments",
    Connection[SegmentMember] | None,
    child_connection(
        Children(SegmentMember, SEGMENT_STAY_ORDERS, SegmentMemberWhere, ("customer_id",)),
        description="The segments by rules that this customer is in; the latest entered first.",
    ),
)
extend(
    Customer,
    "segment_history",
    Connection[SegmentStay] | None,
    child_connection(
        Children(SegmentStay, SEGMENT_STAY_ORDERS, SegmentStayWhere, ("customer_id",)),
        description="The segments by rules that this customer is or was in, and when; the latest entered first.",
    ),
)
