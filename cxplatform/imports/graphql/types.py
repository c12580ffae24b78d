from datetime import datetime
from enum import Enum
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.keyset import Term
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.scalars import BigInt
from cxplatform.imports import models
from cxplatform.imports.graphql.enums import ImportJobState

# The kernel knows permissions by their values alone.
MAY_IMPORT = "IMPORT"


@strawberry.type(description="A line that was rejected.")
class ImportProblem:
    line: BigInt = column("Where in the file, counted from 1.")
    field: str | None = column("The column at fault; null when it is the whole line.")
    code: str = column("What is wrong, for a program.")
    message: str = column("What is wrong, for a person.")


def _errors(root: strawberry.Parent[models.ImportJob]) -> list[ImportProblem]:
    return [ImportProblem(**error) for error in root.errors]


@strawberry_django.type(models.ImportJob, description="One uploaded file and what became of its rows.")
class ImportJob(Stored, Node):
    requires = MAY_IMPORT
    kept = ("state",)

    kind: auto = column("What kind of rows it holds.")
    state: ImportJobState = column("How far it has come.")
    failure: auto = column("Why it failed; empty unless it did.")
    bytes_total: BigInt = column("How big the file is.")
    bytes_done: BigInt = column("How much of it has been read.")
    rows: BigInt = column("The rows read: accepted + updated + duplicates + rejected.")
    accepted: BigInt = column("New rows.")
    updated: BigInt = column("Rows that changed a stored one.")
    duplicates: BigInt = column("Rows that said nothing new.")
    rejected: BigInt = column("Rows that could not be stored.")
    created_at: auto = column("When the file came in.")
    started_at: auto = column("When the first row was read.")
    finished_at: auto = column("When it was done or failed.")

    errors: list[ImportProblem] = strawberry.field(resolver=_errors, description="The first 100 rejected lines.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry.enum(description="What imports can be ordered by.")
class ImportJobOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When the file came in.")


@strawberry.input(description="An order of imports.")
class ImportJobOrderBy:
    field: ImportJobOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


IMPORT_JOB_ORDERS = Orders(
    input_type=ImportJobOrderBy, terms={"created_at": Term("created_at", datetime)}, usual="created_at"
)
