from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.privacy.types import ERASURE_ORDERS, Erasure, ErasureWhere
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field
from cxplatform.graphql.scalars import Json


@strawberry.type
class PrivacyQueries:
    erasures: Connection[Erasure] | None = root_connection(
        Erasure, ERASURE_ORDERS, ErasureWhere, description="The customers that were to be forgotten."
    )


@strawberry.input(description="The customer to forget.")
class EraseCustomerInput:
    id: strawberry.ID = column("The customer's id.")


@strawberry.type(description="What became of eraseCustomer.")
class EraseCustomerPayload:
    erasure: Erasure | None = column("How it goes on; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was begun.", default_factory=user_errors)


@strawberry.input(description="The customer whose data to hand out.")
class ExportCustomerInput:
    id: strawberry.ID = column("The customer's id.")


@strawberry.type(description="Rows of one table.")
class ExportedTable:
    name: str = column("The table's name.")
    rows: list[Json] = column("Its rows about the customer: their columns, instants in UTC.")


@strawberry.type(description="All that is held of a customer.")
class CustomerExport:
    at: datetime = column("When it was read.")
    tables: list[ExportedTable] = column("Every table that holds something about the customer.")


@strawberry.type(description="What became of exportCustomer.")
class ExportCustomerPayload:
    export: CustomerExport | None = column("All that is held; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was handed out.", default_factory=user_errors)


@strawberry.type
class PrivacyMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.EXPORT,
        payload=ExportCustomerPayload,
        description="Hand out all that is held of a customer, from every table; the trail says who was given it."
        " At most 5,000 rows and 8 MiB.",
    )
    def export_customer(self, info: Info, input: Annotated[ExportCustomerInput, INPUT]) -> ExportCustomerPayload | None:
        key = key_of(input.id, "Customer")
        made = commands.export_customer(actor=viewer_of(info), customer_id=key, now=info.context.now)
        tables = [ExportedTable(name=name, rows=rows) for name, rows in made.tables.items()]  # type: ignore[arg-type]  # JSON is a scalar
        return ExportCustomerPayload(export=CustomerExport(at=made.at, tables=tables))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=EraseCustomerPayload,
        description="Forget a customer for good, in the background; numbers stay. The erasure under way, if one is.",
    )
    def erase_customer(self, info: Info, input: Annotated[EraseCustomerInput, INPUT]) -> EraseCustomerPayload | None:
        key = key_of(input.id, "Customer")
        begun = commands.erase_customer(actor=viewer_of(info), customer_id=key, now=info.context.now)
        shown = Erasure.find(begun.pk, info._raw_info)
        return EraseCustomerPayload(erasure=shown)  # type: ignore[arg-type]  # a row, shown as the type
