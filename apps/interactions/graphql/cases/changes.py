"""What became of cases, as nodes."""

from typing import Any

import strawberry
import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.cases.enums import CaseChangeKind
from apps.interactions.graphql.cases.filters import CaseChangeWhere
from apps.interactions.graphql.cases.orders import CASE_CHANGE_ORDERS
from apps.interactions.graphql.cases.types import Case
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, global_id_of, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.CaseChange, description="What became of a case: contacts came or left.")
class CaseChange(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("at",)

    at: auto = column("When it was.")
    kind: CaseChangeKind = column("What became of the case.")
    came: auto = column("True where contacts came to the case, false where they left it; null where neither.")
    contacts: auto = column("How many contacts it was about.")
    actor_name: str | None = column(
        "Personal data: whose doing it was, by the name shown then; empty where it came about by itself.",
        requires=Permission.PERSONAL_DATA,
    )
    other_case: strawberry.ID | None = global_id_of(
        "Case", "The id of the case they came from or went to; of one that was merged it leads to where that went."
    )
    case: Case | None = relation("The case.")
    interaction: Interaction | None = relation("The contact that came or left; null of a whole case.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Case.visible(info).filter(pk=OuterRef("case_id"))))
        return queryset


extend(
    Case,
    "history",
    Connection[CaseChange] | None,
    child_connection(
        Children(CaseChange, CASE_CHANGE_ORDERS, CaseChangeWhere, ("case_id",)),
        description="What became of it, and by whom; the newest first. A contact's first case is not told of.",
    ),
)
