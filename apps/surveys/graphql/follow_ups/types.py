from typing import Any

import strawberry_django
from django.db.models import Exists, OuterRef, Q, QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.journeys.graphql.mapping.types import Department
from apps.journeys.graphql.types import Touchpoint
from apps.surveys import models
from apps.surveys.graphql.follow_ups.enums import FollowUpDismissal, FollowUpState, RecoveryOutcome
from apps.surveys.graphql.follow_ups.filters import FOLLOW_UP_ORDERS, FollowUpWhere
from apps.surveys.graphql.types import SurveyResponse
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.FollowUp, description="A task that a low score opened: somebody speaks with a customer.")
class FollowUp(Stored, Node):
    requires = Permission.DRILL_DOWN

    state: FollowUpState = column("How it stands.")
    state_since: auto = column("Since when.")
    due_at: auto = column("Until when it is due.")
    assignee: str | None = column(
        "Personal data: whose task it is, by name; empty while it is nobody's.", requires=Permission.PERSONAL_DATA
    )
    outcome: RecoveryOutcome | None = column("What came of it; null until it is DONE.")
    outcome_at: auto = column("When that was said.")
    dismissed_why: FollowUpDismissal | None = column("Why it was dismissed; null where it was not.")
    note: auto = column("Personal data: what was said of it.", requires=Permission.PERSONAL_DATA)
    created_at: auto = column("When it was opened.")
    updated_at: auto = column("When it last changed.")
    survey_response: SurveyResponse | None = relation("The answer that opened it.")
    customer: Customer | None = relation("Whom to speak with; null when unknown.")
    touchpoint: Touchpoint | None = relation("Where it went badly.")
    department: Department | None = relation("The department whose task it is: the touchpoint's owner then.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            of_its_own = Exists(Customer.visible(info).filter(pk=OuterRef("customer_id")))
            return queryset.filter(Q(of_its_own) | Q(assignee_id=info.context.viewer.member_id))
        return queryset


extend(
    Customer,
    "follow_ups",
    Connection[FollowUp] | None,
    child_connection(
        Children(FollowUp, FOLLOW_UP_ORDERS, FollowUpWhere, ("customer_id",)),
        description="What was done after this customer's low scores; the newest first.",
    ),
)
extend(
    SurveyResponse,
    "follow_up",
    FollowUp | None,
    relation("What it opened; null where it was not low.", attributes=("id",), columns=("survey_response_id",)),
)
