from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.working.enums import AgentActivity
from cxplatform.errors import Forbidden
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored


@strawberry_django.type(
    models.AgentState, description="A stretch of time in which an agent was in one state. No two of an agent overlap."
)
class AgentState(Stored, Node):
    requires = Permission.DRILL_DOWN

    state: AgentActivity = column("What the agent did.")
    from_at: auto = column("From when on.")
    to_at: auto = column("Until just before when; null while it goes on.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(agent__member_id=info.context.viewer.member_id)
        if not info.context.rights.may(Permission.METRICS_BY_AGENT):
            raise Forbidden("Your role does not look at single agents.")
        return queryset
