"""What lists of what customers allowed may be narrowed and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.customers.graphql.consents.enums import ContactChannel, ContactPurpose
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import BooleanFilter, DateTimeFilter, Filter, IdFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term


@where_input("Which consents and refusals.")
class ConsentRecordWhere:
    id: IdFilter | None = by("The global id.")
    purpose: Filter[ContactPurpose] | None = by("What for.")
    channel: Filter[ContactChannel] | None = by("How; null is any.")
    granted: BooleanFilter | None = by("Whether it was allowed.")
    at: DateTimeFilter | None = by("When it was said.")


@strawberry.enum(description="What consents and refusals can be ordered by.")
class ConsentRecordOrderField(Enum):
    AT = strawberry.enum_value("at", description="When it was said.")


@strawberry.input(description="An order of consents and refusals.")
class ConsentRecordOrderBy:
    field: ConsentRecordOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


CONSENT_ORDERS = Orders(input_type=ConsentRecordOrderBy, terms={"at": Term("at", datetime)}, usual="at")
