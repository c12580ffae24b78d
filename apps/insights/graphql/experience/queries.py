"""What clients ask about groups of customers: service against experience."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience import people
from apps.insights.experience.asking import Asked
from apps.insights.experience.divergence import FEWEST_CUSTOMERS, GOOD_FROM
from apps.insights.experience.groups import Group, Grouping, blind_spots
from apps.insights.graphql.experience.arguments import (
    EXPERIENCE,
    ONCE_MORE,
    USUAL_MARGIN,
    ContentFrom,
    Filter,
    Margin,
    Span,
    asked_of,
)
from apps.insights.graphql.experience.enums import BlindSpotGrouping, ExperienceQuadrant
from apps.insights.graphql.experience.types import BlindSpotGroup, ExperienceOffender, QuadrantCount
from apps.insights.graphql.experience.wording import reasons
from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import priced
from cxplatform.graphql.roots import query_field

By = Annotated[BlindSpotGrouping, strawberry.argument(description="What customers are told apart by.")]
GoodFrom = Annotated[
    float, strawberry.argument(description="From which share of content customers on a group's side is good: 0 to 1.")
]
Fewest = Annotated[int, strawberry.argument(description="A side of fewer customers is told, but not judged.")]
Top = Annotated[int, strawberry.argument(description="How many: 1 to 50.")]


@strawberry.type(description="Where good service hides a bad experience, or bad service spoils a good one.")
class BlindSpots:
    groups: list[BlindSpotGroup] = column("All groups, the largest first; 200 at most.")
    asked: strawberry.Private[Asked]

    @cached_property
    def summary(self) -> people.Summary:
        """Read once what both fields below are made of."""
        return people.summary(self.asked)

    @strawberry.field(
        description="How many customers stand where, of whom both sides are known.", metadata=priced(ONCE_MORE)
    )  # type: ignore[untyped-decorator]  # strawberry's
    def quadrants(self) -> list[QuadrantCount]:
        return [
            QuadrantCount(
                quadrant=ExperienceQuadrant[each.quadrant.name], customers=each.customers, beyond_chance=each.sure
            )
            for each in self.summary.quadrants
        ]

    @strawberry.field(
        description="Which touchpoints pull those down who are in a blind spot beyond chance, the worst first.",
        metadata=priced(ONCE_MORE),
    )  # type: ignore[untyped-decorator]  # strawberry's
    def offenders(self, top: Top = 10) -> list[ExperienceOffender]:
        if not 1 <= top <= people.MOST_OFFENDERS:
            raise BadInput(f"top is between 1 and {people.MOST_OFFENDERS}.", field="top")
        return shown(self.summary.offenders[:top])


@strawberry.type
class ExperienceQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="Who is content with the service against who fares well with the whole, by group: at most 366"
        " days.",
    )
    def blind_spots(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        window: Span,
        by: By = BlindSpotGrouping.BRAND,
        where: Filter = None,
        content_from: ContentFrom = None,
        margin: Margin = USUAL_MARGIN,
        good_from: GoodFrom = GOOD_FROM,
        fewest: Fewest = FEWEST_CUSTOMERS,
    ) -> BlindSpots | None:
        if by is BlindSpotGrouping.SEGMENT:
            # Windows that differ by a day would tell whoever sees no answers which segment one is of (ADR 24).
            info.context.require(Permission.DRILL_DOWN)
        asked = asked_of(info, window, where, content_from, margin)
        found = blind_spots(asked, Grouping(by.name), good_from=good_from, fewest=fewest)
        return BlindSpots(groups=[_group(each) for each in found], asked=asked)


def shown(found: Sequence[people.Offender]) -> list[ExperienceOffender]:
    """Show touchpoints with their reasons in words."""
    return [
        ExperienceOffender(
            touchpoint=each.key, name=each.name, customers=each.customers, pull=each.pull, reasons=reasons(each)
        )
        for each in found
    ]


def _group(group: Group) -> BlindSpotGroup:
    told = group.told
    known: dict[str, Any] = {"key": group.key or None, "label": group.label, "customers": group.customers}
    if told is None:
        return BlindSpotGroup(**known, suppressed=True)
    return BlindSpotGroup(
        **known,
        suppressed=False,
        service=told.counted.service,  # type: ignore[arg-type]  # a value, shown as the type
        experience=told.counted.experience,  # type: ignore[arg-type]  # as above
        paired=told.paired,
        pairs=told.counted.pairs.of,
        delta=told.delta,
        interval=told.interval,  # type: ignore[arg-type]  # as above
        p_value=told.p_value,
        significant=told.significant,
        quadrant=None if told.quadrant is None else ExperienceQuadrant[told.quadrant.name],
        found=told.is_found,
    )
