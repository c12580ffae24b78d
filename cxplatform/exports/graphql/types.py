from enum import Enum
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from cxplatform.exports import models
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.scalars import BigInt

# The kernel knows permissions by their values alone.
MAY_EXPORT = "EXPORT"
MAY_READ_NAMES = "PERSONAL_DATA"


@strawberry.enum(description="What kind of file an export is.")
class ExportFormat(Enum):
    CSV = strawberry.enum_value("CSV", description="Lines of text, RFC 4180, in UTF-8; up to 1,000,000 rows.")
    XLSX = strawberry.enum_value("XLSX", description="A workbook; up to 100,000 rows.")
    NDJSON = strawberry.enum_value("NDJSON", description="A JSON object a line; up to 1,000,000 rows.")


@strawberry.enum(description="How far an export has come.")
class ExportJobState(Enum):
    QUEUED = strawberry.enum_value("QUEUED", description="It waits for a worker.")
    RUNNING = strawberry.enum_value("RUNNING", description="Rows are being written.")
    DONE = strawberry.enum_value("DONE", description="The file can be fetched, until it expires.")
    FAILED = strawberry.enum_value("FAILED", description="It stopped; ask again.")


@strawberry_django.type(models.ExportJob, description="A file made of rows that somebody asked for.")
class ExportJob(Stored, Node):
    requires = MAY_EXPORT
    kept = ("state",)

    kind: auto = column("What kind of rows it holds.")
    format: ExportFormat = column("What kind of file it is.")
    columns: list[str] = column("The columns it has: those that whoever asked may see.")
    state: ExportJobState = column("How far it has come.")
    rows_asked: BigInt = column("How many rows matched when it was asked for.")
    rows_done: BigInt = column("How many of these were looked at.")
    rows: BigInt = column("How many it holds: those that were still there.")
    bytes: BigInt | None = column("How big the finished file is.")
    asked_by: str | None = column("Personal data: who asked for it.", requires=MAY_READ_NAMES)
    created_at: auto = column("When it was asked for.")
    finished_at: auto = column("When it was done or failed.")
    expires_at: auto = column("Until when its link is good and the file is kept.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset
