"""Which departments lose most between them, over GraphQL."""

from dataclasses import fields
from enum import Enum
from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where, where_of
from apps.metrics.graphql.arguments import Span
from apps.metrics.graphql.prices import A_HEATMAP
from apps.metrics.graphql.types import Interval
from apps.metrics.handoff_pairs import handoff_pairs
from cxplatform.errors import Forbidden
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

USUAL_MINIMUM = 10
USUAL_TOP = 20


@strawberry.enum(description="What is asked of a hand-off.")
class HandoffCheck(Enum):
    ACCEPTED_IN_TIME = strawberry.enum_value("ACCEPTED_IN_TIME", description="Was it accepted in time?")
    CONTEXT_PASSED = strawberry.enum_value("CONTEXT_PASSED", description="Was all that was known handed on?")
    ASKED_ONCE = strawberry.enum_value("ASKED_ONCE", description="Was the customer spared being asked again?")
    PROMISE_KEPT = strawberry.enum_value("PROMISE_KEPT", description="Was the promise that came along kept?")


@strawberry.input(description="Which hand-offs: every field given must match, by any of its values.")
class HandoffPairsWhere:
    from_department: list[str] | None = column("Departments that handed on, by key.", default=None)
    to_department: list[str] | None = column("Departments it was handed to, by key.", default=None)
    promise: list[str] | None = column("Promises that came along, by key.", default=None)
    segment: list[str] | None = column("Segments of customers.", default=None)
    country: list[str] | None = column("Customers' countries, ISO 3166-1 alpha-2.", default=None)
    language: list[str] | None = column("Customers' languages, as BCP 47 tags.", default=None)

    def checked(self) -> Where:
        """Return the filter. Raises: BadInput, naming the field."""
        return where_of({DimensionKey(each.name.upper()): getattr(self, each.name) for each in fields(self)})


@strawberry.type(description="How one of the four went between two departments.")
class HandoffChecked:
    check: HandoffCheck = column("Which of the four.")
    share: float | None = column("The share that held; null where nothing is known.")
    failed: int = column("How many did not hold.")
    sample_size: int = column("Of how many it is known.")
    interval: Interval | None = column("The share's 95 % interval.")


@strawberry.type(description="A department, by what numbers by department are told under.")
class HandoffParty:
    key: str = column("Its key.")
    name: str = column("Its name, for people.")


@strawberry.type(description="What one department handed to another.")
class HandoffPair:
    giver: HandoffParty = column("The department that handed on.")
    taker: HandoffParty = column("The department it was handed to.")
    handoffs: int = column("How many hand-offs there were.")
    intact: int = column("At how many of `sampleSize` nothing was lost.")
    sample_size: int = column("Of how many all four are known: what the value rests on.")
    value: float | None = column("HANDOFF_INTEGRITY of the two.")
    interval: Interval | None = column("Its 95 % interval, by Wilson.")
    checks: list[HandoffChecked] = column("The four by themselves.")
    fails_most: HandoffCheck | None = column("Which of the four fails at the largest share; null where none fails.")


@strawberry.type(description="The pairs of departments between which most is lost.")
class HandoffPairs:
    pairs: list[HandoffPair] = column(
        "The worst first: the one whose share is at best, by the upper end of its interval, the lowest."
    )
    too_few: int = column("How many pairs rest on fewer than `minimum` hand-offs, and so are not told.")


@strawberry.type
class HandoffPairsQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=A_HEATMAP,
        description="From which department to which most is lost, and what it is that fails there.",
    )
    def handoff_pairs(
        self,
        info: Info,
        *,
        window: Span,
        where: Annotated[
            HandoffPairsWhere | None, strawberry.argument(description="Of which hand-offs; all when left out.")
        ] = None,
        minimum: Annotated[
            int, strawberry.argument(description="How many hand-offs of which all is known a pair must rest on.")
        ] = USUAL_MINIMUM,
        top: Annotated[int, strawberry.argument(description="How many pairs to tell, 1 to 200.")] = USUAL_TOP,
    ) -> HandoffPairs | None:
        if info.context.rights.only_own_work:
            raise Forbidden("Your role sees its own numbers only.")
        return handoff_pairs(  # type: ignore[return-value]  # shown as the type
            window.checked(), minimum=minimum, top=top, where=where.checked() if where else EVERYTHING
        )
