"""What interactions are counted by, as nodes."""

from typing import Any

import strawberry
from django.db.models import QuerySet

from apps.accounts.permissions import Permission
from apps.interactions import models
from cxplatform.errors import Forbidden
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.nodes import Node, Stored


@strawberry.type(description="Where contacts wait.")
class Queue(Stored, Node):
    model = models.Queue
    requires = Permission.READ_CONFIGURATION

    key: str = column("What the source system calls it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        return queryset


@strawberry.type(description="A group of agents.")
class Team(Stored, Node):
    model = models.Team
    requires = Permission.READ_CONFIGURATION

    key: str = column("What the source system calls it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        return queryset


@strawberry.type(description="Who handles contacts. Shown to whoever may look at agents one by one.")
class Agent(Stored, Node):
    model = models.Agent
    requires = Permission.DRILL_DOWN

    key: str = column("What the source system calls the agent.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        if context.viewer.only_own_work:
            return queryset.filter(member_id=context.viewer.member_id)
        if not context.viewer.may(Permission.METRICS_BY_AGENT):
            raise Forbidden("Your role does not look at single agents.")
        return queryset


@strawberry.type(description="Why customers contact: a node of the tree of reasons.")
class Reason(Stored, Node):
    model = models.Reason
    requires = Permission.READ_CONFIGURATION

    path: str = column("The names from the root, joined by `/`.")
    name: str = column("Its own name.")
    parent: "Reason | None" = relation("The reason it is a part of; null at the root.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", context: RequestContext) -> "QuerySet[Any]":
        return queryset
