from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.journeys import models
from apps.journeys.graphql.frictions.enums import (
    FrictionCategory,
    FrictionRule,
    FrictionSeverity,
    FrictionStatus,
)
from apps.journeys.graphql.frictions.filters import (
    FRICTION_CHANGE_ORDERS,
    FRICTION_ORDERS,
    FrictionChangeWhere,
    FrictionWhere,
)
from apps.journeys.graphql.mapping.types import Department
from apps.journeys.graphql.types import Touchpoint
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

_PERSONAL = Permission.PERSONAL_DATA


@strawberry_django.type(models.FrictionChange, description="What became of a friction, when, by whom and why.")
class FrictionChange(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    at: auto = column("When.")
    status: FrictionStatus = column("How it stands since.")
    note: str | None = column("Personal data: what was said of it; empty when nothing was.", requires=_PERSONAL)
    actor_name: str | None = column("Personal data: by whom.", requires=_PERSONAL)

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Friction, description="Where it is hard for customers, and what becomes of it.")
class Friction(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    title: auto = column("What it is called.")
    category: FrictionCategory = column("What it comes from; while it is PROPOSED, what its rule guesses.")
    severity: FrictionSeverity = column("How bad it is.")
    status: FrictionStatus = column("How it stands.")
    status_since: auto = column("Since when.")
    rule: FrictionRule = column("What told of it.")
    systemic: auto = column("Whether it met at least one in twenty of the customers who were active meanwhile.")
    since: auto = column("From when on it was counted; null of what a person reported, as all that is counted.")
    until: auto = column("Until just before when.")
    bad: auto = column("How much of what was counted went badly.")
    of: auto = column("How much was counted.")
    expected: auto = column("The share of it that would have been all right.")
    contacts: auto = column("How many contacts its touchpoint brought meanwhile.")
    handle_seconds: auto = column("How long these took to handle; those of which it is unknown, the mean.")
    customers_affected: auto = column("How many customers it met.")
    customers_active: auto = column("How many were active meanwhile.")
    assignee: str | None = column(
        "Personal data: whose task it is, by name; empty while it is nobody's.", requires=_PERSONAL
    )
    due_on: auto = column("By which day.")
    done_at: auto = column("When the task was done.")
    created_at: auto = column("When it was first told of.")
    updated_at: auto = column("When something of it last changed.")
    touchpoint: Touchpoint | None = relation("Where it is.")
    department: Department | None = relation("The department whose task it is: at first the touchpoint's owner.")
    history: Connection[FrictionChange] | None = child_connection(
        Children(FrictionChange, FRICTION_CHANGE_ORDERS, FrictionChangeWhere, ("friction_id",)),
        description="What became of it; the newest first.",
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


extend(
    Touchpoint,
    "frictions",
    Connection[Friction] | None,
    child_connection(
        Children(Friction, FRICTION_ORDERS, FrictionWhere, ("touchpoint_id",)),
        description="What is hard for customers here; the newest first.",
    ),
)
