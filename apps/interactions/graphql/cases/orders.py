"""How connections of cases may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What cases can be ordered by.")
class CaseOrderField(Enum):
    OPENED_AT = strawberry.enum_value("opened_at", description="When the first contact was opened.")
    LAST_CONTACT_AT = strawberry.enum_value("last_contact_at", description="When the last contact was opened.")
    CONTACTS = strawberry.enum_value("contacts", description="How many contacts it has.")


@strawberry.input(description="An order of cases.")
class CaseOrderBy:
    field: CaseOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CASE_ORDERS = Orders(
    input_type=CaseOrderBy,
    terms={
        "opened_at": Term("opened_at", datetime),
        "last_contact_at": Term("last_contact_at", datetime),
        "contacts": Term("contacts", int),
    },
    usual="opened_at",
)


@strawberry.enum(description="What changes of cases can be ordered by.")
class CaseChangeOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it was.")


@strawberry.input(description="An order of changes of cases.")
class CaseChangeOrderBy:
    field: CaseChangeOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CASE_CHANGE_ORDERS = Orders(input_type=CaseChangeOrderBy, terms={"at": Term("at", datetime)}, usual="at")
