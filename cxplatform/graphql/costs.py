"""What an operation is asked to cost before it runs, and what it turned out to cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings

from cxplatform.graphql.amounts import Weight, at
from cxplatform.graphql.context import TooComplex
from cxplatform.graphql.prices import ENTRANCE


@dataclass(frozen=True)
class Cost:
    """Points at most (`requested`), and how many of them do not depend on how many rows there are (`fixed`)."""

    requested: int
    fixed: int

    def actual(self, rows_read: int) -> int:
        """Return what it cost, given the rows that were read; never more than was requested."""
        return min(self.requested, self.fixed + rows_read)


def cost_of(weight: Weight, variables: Mapping[str, Any]) -> Cost:
    """Work out an operation's cost for these variables. Raises: TooComplex, when it is above the limit."""
    fixed = ENTRANCE + ceil(at(weight.fixed, variables))
    requested = fixed + ceil(at(weight.rows, variables))
    if requested > settings.CX_MAX_COST:
        raise TooComplex(
            f"This operation could cost {requested:,} points, and {settings.CX_MAX_COST:,} are the most: "
            "ask for smaller pages, fewer buckets or less below each row."
        )
    return Cost(requested, fixed)
