from datetime import datetime
from enum import Enum
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.scalars import BigInt
from cxplatform.privacy import models


@strawberry.enum(description="How far an erasure has come.")
class ErasureState(Enum):
    QUEUED = strawberry.enum_value("QUEUED", description="It waits for a worker, or for imports that came before it.")
    RUNNING = strawberry.enum_value("RUNNING", description="Rows are being emptied.")
    DONE = strawberry.enum_value("DONE", description="Nothing of the customer is held any more.")
    FAILED = strawberry.enum_value("FAILED", description="It stopped; asking again goes on.")


@strawberry_django.type(models.Erasure, description="That a customer is to be forgotten, and how far that has come.")
class Erasure(Stored, Node):
    requires = Permission.READ_MANAGEMENT
    kept = ("state",)

    state: ErasureState = column("How far it has come.")
    rows: BigInt = column("How many rows were emptied or removed so far.")
    requested_at: auto = column("When it was asked for.")
    finished_at: auto = column("When it was done or failed.")
    customer: Customer | None = relation("Whom; what is left of the row.", attributes=("subject_id",))

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@where_input("Which erasures.")
class ErasureWhere:
    id: IdFilter | None = by("The global id.")
    state: Filter[ErasureState] | None = by("How far it has come.")
    requested_at: DateTimeFilter | None = by("When it was asked for.")


@strawberry.enum(description="What erasures can be ordered by.")
class ErasureOrderField(Enum):
    REQUESTED_AT = strawberry.enum_value("requested_at", description="When it was asked for.")


@strawberry.input(description="An order of erasures.")
class ErasureOrderBy:
    field: ErasureOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


ERASURE_ORDERS = Orders(
    input_type=ErasureOrderBy, terms={"requested_at": Term("requested_at", datetime)}, usual="requested_at"
)
