"""What lists of frictions may be narrowed by, and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.journeys.graphql.frictions.enums import (
    FrictionCategory,
    FrictionRule,
    FrictionSeverity,
    FrictionStatus,
)
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    IntFilter,
    KeyFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@where_input("Which frictions.")
class FrictionWhere:
    id: IdFilter | None = by("The global id.")
    touchpoint: KeyFilter | None = by("The touchpoint, by key.", "touchpoint.key")
    department: KeyFilter | None = by("The department whose task it is, by key.", "department.key")
    status: Filter[FrictionStatus] | None = by("How it stands.")
    category: Filter[FrictionCategory] | None = by("What it comes from.")
    severity: Filter[FrictionSeverity] | None = by("How bad it is.")
    rule: Filter[FrictionRule] | None = by("What told of it.")
    title: TextFilter | None = by("What it is called.")
    systemic: BooleanFilter | None = by("Whether it meets very many customers.")
    contacts: IntFilter | None = by("How many contacts its touchpoint brought.")
    created_at: DateTimeFilter | None = by("When it was first told of.")


@where_input("Which changes of frictions.")
class FrictionChangeWhere:
    at: DateTimeFilter | None = by("When.")
    status: Filter[FrictionStatus] | None = by("How it stood from then on.")


@strawberry.enum(description="What frictions can be ordered by.")
class FrictionOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were first told of.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When something of them last changed.")
    CONTACTS = strawberry.enum_value("contacts", description="How many contacts their touchpoints brought.")


@strawberry.input(description="An order of frictions.")
class FrictionOrderBy:
    field: FrictionOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


FRICTION_ORDERS = Orders(
    input_type=FrictionOrderBy,
    terms={
        "created_at": Term("created_at", datetime),
        "updated_at": Term("updated_at", datetime),
        "contacts": Term("contacts", int),
    },
    usual="created_at",
)


@strawberry.enum(description="What changes of frictions can be ordered by.")
class FrictionChangeOrderField(Enum):
    AT = strawberry.enum_value("at", description="When they were made.")


@strawberry.input(description="An order of changes of frictions.")
class FrictionChangeOrderBy:
    field: FrictionChangeOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


FRICTION_CHANGE_ORDERS = Orders(input_type=FrictionChangeOrderBy, terms={"at": Term("at", datetime)}, usual="at")
