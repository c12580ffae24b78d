"""What interactions are counted by, as nodes."""

from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.calendars.types import Calendar
from apps.interactions.graphql.working.enums import QueueAssignment
from apps.interactions.graphql.working.filters import AgentStateWhere
from apps.interactions.graphql.working.orders import AGENT_STATE_ORDERS
from apps.interactions.graphql.working.skills import REQUIRED_SKILLS, SKILLS, SkillLevel
from apps.interactions.graphql.working.states import AgentState
from cxplatform.errors import Forbidden
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored


@strawberry_django.type(models.Queue, description="Where contacts wait.")
class Queue(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What the source system calls it.")
    name: auto = column("Its name, for people.")
    priority: auto = column(
        "How early its contacts are taken, 0 to 100: of two that are as urgent, the higher queue's."
    )
    assignment: QueueAssignment = column("How its contacts come to agents.")
    calendar: Calendar | None = relation("The calendar its time counts by; where it is null, that keyed `default`.")
    skills: list[SkillLevel] = REQUIRED_SKILLS
    retired_at: auto = column("Since when it takes no new contacts; null while it is in use.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Team, description="A group of agents.")
class Team(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What the source system calls it.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(
    models.Agent, description="Who handles contacts. Shown to whoever may look at agents one by one."
)
class Agent(Stored, Node):
    requires = Permission.DRILL_DOWN

    key: auto = column("What the source system calls the agent.")
    name: auto = column("Its name, for people.")
    team: Team | None = relation("Its team.")
    capacity: auto = column("How many contacts of a channel that waits for an answer it may have at a time.")
    skills: list[SkillLevel] = SKILLS
    states: Connection[AgentState] | None = child_connection(
        Children(AgentState, AGENT_STATE_ORDERS, AgentStateWhere, ("agent_id",)),
        description="What it did and does; the newest first.",
    )

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(member_id=info.context.viewer.member_id)
        if not info.context.rights.may(Permission.METRICS_BY_AGENT):
            raise Forbidden("Your role does not look at single agents.")
        return queryset
