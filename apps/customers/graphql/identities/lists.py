"""What lists of identities and of what became of them may be narrowed and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.customers.graphql.identities.enums import IdentityChangeKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term


@where_input("Which identities.")
class CustomerIdentityWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    email: TextFilter | None = by("Personal data: the e-mail address.")
    phone: TextFilter | None = by("Personal data: the telephone number.")
    created_at: DateTimeFilter | None = by("When the record was made.")


@where_input("Which changes of identities.")
class IdentityChangeWhere:
    id: IdFilter | None = by("The global id.")
    at: DateTimeFilter | None = by("When it was.")
    kind: Filter[IdentityChangeKind] | None = by("What became of the identity.")
    actor_name: TextFilter | None = by("Whose doing it was.")


@strawberry.enum(description="What identities can be ordered by.")
class CustomerIdentityOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")


@strawberry.input(description="An order of identities.")
class CustomerIdentityOrderBy:
    field: CustomerIdentityOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


IDENTITY_ORDERS = Orders(
    input_type=CustomerIdentityOrderBy, terms={"created_at": Term("created_at", datetime)}, usual="created_at"
)


@strawberry.enum(description="What changes of identities can be ordered by.")
class IdentityChangeOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it was.")


@strawberry.input(description="An order of changes of identities.")
class IdentityChangeOrderBy:
    field: IdentityChangeOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


IDENTITY_CHANGE_ORDERS = Orders(input_type=IdentityChangeOrderBy, terms={"at": Term("at", datetime)}, usual="at")
