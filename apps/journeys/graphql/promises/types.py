from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.timeline.sources import timeline_source
from apps.customers.graphql.types import Customer
from apps.journeys import models
from apps.journeys.graphql.mapping.types import BrandPromise, Department
from apps.journeys.graphql.promises.enums import PromiseDecidedBy, PromiseResult
from apps.journeys.graphql.promises.filters import PromiseOutcomeWhere
from apps.journeys.graphql.promises.orders import PROMISE_OUTCOME_ORDERS
from apps.journeys.graphql.types import Touchpoint, TouchpointEvent
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.PromiseStatement, description="What somebody said of a promise; never changed.")
class PromiseStatement(Stored, Node):
    requires = Permission.DRILL_DOWN

    outcome: PromiseResult | None = column("Whether it was kept; null where only a repair is told.")
    repaired_at: auto = column("When it was repaired; null where no repair is told.")
    repaired_by: Department | None = relation("The department that repaired it.")
    note: str | None = column(
        "Personal data: what there is to say of it; may be empty.", requires=Permission.PERSONAL_DATA
    )
    recorded_at: auto = column("When it was said.")
    recorded_by: str | None = column("Personal data: the name of whoever said it.", requires=Permission.PERSONAL_DATA)
    customer: Customer | None = relation("To whom it was promised.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


@strawberry_django.type(models.PromiseOutcome, description="What became of a promise once, and who had part in it.")
class PromiseOutcome(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("evidence_id", "occurred_at")

    occurred_at: auto = column("When it was kept or broken: the instant of the evidence.")
    outcome: PromiseResult = column("What became of it.")
    decided_by: PromiseDecidedBy = column("What that rests on.")
    promise: BrandPromise | None = relation("What was promised.")
    maker: Department | None = relation("The department that promised.")
    owner: Department | None = relation(
        "The department that owned the touchpoint then, and so kept or broke it; null where no journey had it."
    )
    repaired_by: Department | None = relation("The department that repaired it; null where nobody has.")
    repaired_at: auto = column("When it was repaired; null where it was not.")
    touchpoint: Touchpoint | None = relation("Where it was; null where the evidence says of none.")
    customer: Customer | None = relation("To whom it was promised.")
    event: TouchpointEvent | None = relation(
        "The event that shows it; null where a contact or an answer does.", attributes=("evidence_id",)
    )
    statement: PromiseStatement | None = relation("Who said last whether it was kept; null where nobody did.")
    repair: PromiseStatement | None = relation("Who said last that it was repaired; null where nobody did.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


def _outcomes(column: str) -> Children:
    return Children(PromiseOutcome, PROMISE_OUTCOME_ORDERS, PromiseOutcomeWhere, (column,))


_OUTCOMES = Connection[PromiseOutcome] | None
extend(
    Customer,
    "promise_outcomes",
    _OUTCOMES,
    child_connection(_outcomes("customer_id"), description="What became of what was promised to this customer."),
)
extend(
    BrandPromise,
    "outcomes",
    _OUTCOMES,
    child_connection(_outcomes("promise_id"), description="Every time it was kept, broken or nobody knows."),
)
extend(
    Touchpoint,
    "promise_outcomes",
    _OUTCOMES,
    child_connection(_outcomes("touchpoint_id"), description="What became of promises here."),
)

timeline_source("PROMISE", PromiseOutcome, "occurred_at", "What it was promised was kept, broken, or nobody knows.")
