"""How references may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term


@strawberry.enum(description="What references can be ordered by.")
class MediaReferenceOrderField(Enum):
    AT = strawberry.enum_value("at", description="When what lies there was made.")
    CREATED_AT = strawberry.enum_value("created_at", description="When the record was made.")


@strawberry.input(description="An order of references.")
class MediaReferenceOrderBy:
    field: MediaReferenceOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


MEDIA_REFERENCE_ORDERS = Orders(
    input_type=MediaReferenceOrderBy,
    terms={"at": Term("at", datetime, descending=False), "created_at": Term("created_at", datetime)},
    usual="at",
)
