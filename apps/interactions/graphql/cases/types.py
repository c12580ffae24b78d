from typing import Any
from uuid import UUID

import strawberry_django
from django.db.models import Exists, OuterRef, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.interactions import models, selectors
from apps.interactions.graphql.cases.enums import CaseState
from apps.interactions.graphql.cases.filters import CaseWhere
from apps.interactions.graphql.cases.orders import CASE_ORDERS
from apps.interactions.graphql.filters import InteractionWhere
from apps.interactions.graphql.orders import INTERACTION_ORDERS
from apps.interactions.graphql.reasons.types import Reason
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo, ResolveInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.Case, description="A customer's contacts on one reason, across channels.")
class Case(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("opened_at",)

    state: CaseState = column("How it stands.")
    opened_at: auto = column("When its first contact was opened.")
    last_contact_at: auto = column("When its last contact was opened.")
    contacts: auto = column("How many contacts it has.")
    channel_switches: auto = column("How often the channel changed from contact to contact.")
    handle_seconds: auto = column("How long its contacts were handled, all together; null when no contact says.")
    by_hand: auto = column("Whether people said what belongs to it, which stays so whatever arrives.")
    created_at: auto = column("When the record was made.")
    updated_at: auto = column("When the record last changed.")
    customer: Customer | None = relation("Whose case it is.")
    reason: Reason | None = relation("What it is about.")
    interactions: Connection[Interaction] | None = child_connection(
        Children(Interaction, INTERACTION_ORDERS, InteractionWhere, ("case_id",)),
        description="Its contacts; of them those you may see.",
    )

    @classmethod
    def find(cls, key: UUID, info: ResolveInfo) -> object | None:
        """Read one row; of a case that was merged, the one it was merged into. Raises: Forbidden."""
        return super().find(key, info) or super().find(selectors.case_of_now(key), info)

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(Exists(Interaction.visible(info).filter(case=OuterRef("pk"))))
        return queryset


_CASES = Connection[Case] | None

extend(
    Interaction,
    "case",
    Case | None,
    relation("The case it belongs to; null when its customer or its reason is unknown, and until it is joined."),
)
extend(
    Customer,
    "cases",
    _CASES,
    child_connection(
        Children(Case, CASE_ORDERS, CaseWhere, ("customer_id",)), description="This customer's cases; the newest first."
    ),
)
timeline_source("CASE", Case, "opened_at", "A case began, with the first of its contacts.")
