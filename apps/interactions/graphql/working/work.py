from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.dimensions import Agent, Queue
from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.types import Interaction
from apps.interactions.graphql.working.enums import WorkState
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(
    models.Work,
    description="An open contact that is worked on here; one that is settled or over is no work any more.",
)
class Work(Stored, Node):
    requires = Permission.DRILL_DOWN

    state: WorkState = column("How it stands.")
    since: auto = column("Since when it stands so.")
    priority: Priority = column("How urgent it is.")
    until: auto = column("When it waits again; null unless it is put off.")
    queue: Queue | None = relation("Where it waits or waited.")
    agent: Agent | None = relation("Who has it or had it; of one that waits, whom alone it waits for.")
    interaction: Interaction | None = relation("The contact.", attributes=("interaction_id",))

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(agent__member_id=info.context.viewer.member_id)
        return queryset


extend(
    Interaction,
    "work",
    Work | None,
    relation("How it stands, while it is worked on here.", attributes=("id",), columns=("interaction_id",)),
)
