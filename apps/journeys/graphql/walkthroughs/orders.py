"""How connections of walkthroughs and of their scores may be ordered."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.keyset import Term

_TERMS = {"walked_at": Term("walked_at", datetime)}


@strawberry.enum(description="What walkthroughs can be ordered by.")
class WalkthroughOrderField(Enum):
    WALKED_AT = strawberry.enum_value("walked_at", description="When it was walked.")


@strawberry.input(description="An order of walkthroughs.")
class WalkthroughOrderBy:
    field: WalkthroughOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


@strawberry.enum(description="What scores can be ordered by.")
class WalkthroughScoreOrderField(Enum):
    WALKED_AT = strawberry.enum_value("walked_at", description="When it was walked.")


@strawberry.input(description="An order of scores.")
class WalkthroughScoreOrderBy:
    field: WalkthroughScoreOrderField = column("What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description="In which direction.")


WALKTHROUGH_ORDERS = Orders(input_type=WalkthroughOrderBy, terms=_TERMS, usual="walked_at")
WALKTHROUGH_SCORE_ORDERS = Orders(input_type=WalkthroughScoreOrderBy, terms=_TERMS, usual="walked_at")
