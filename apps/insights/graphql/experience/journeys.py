"""What service and journey do to recommendation, and how alike touchpoints do."""

from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience import interplay
from apps.insights.experience.consistency import FEWEST_ITEMS, consistency
from apps.insights.experience.interplay_reading import recommendation_cells
from apps.insights.experience.links import links_of
from apps.insights.graphql.experience.arguments import EXPERIENCE, ContentFrom, Filter, Span, asked_of
from apps.insights.graphql.experience.journey_types import (
    JourneyConsistency,
    RecommendationByQuality,
    RecommendationCell,
)
from apps.journeys.graphql.mapping.types import JourneyVersion
from cxplatform.errors import BadInput, NotFound
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

_MOST_FEWEST = 100_000

Version = Annotated[strawberry.ID, strawberry.argument(description="The global id of a version of a journey.")]
Fewest = Annotated[int, strawberry.argument(description="How many customers a touchpoint needs to count.")]


@strawberry.type
class JourneyQualityQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="Recommendation by how the journey went and how customers were served by then, two by two.",
    )
    def recommendation_by_quality(
        self, info: Info, *, window: Span, where: Filter = None, content_from: ContentFrom = None
    ) -> RecommendationByQuality | None:
        cells = recommendation_cells(asked_of(info, window, where, content_from).of_all_segments())
        told: dict[str, Any] = {
            "on_bad_journey": interplay.of_service(cells, journey=False),
            "on_good_journey": interplay.of_service(cells, journey=True),
            "interaction": interplay.interaction(cells),
        }
        return RecommendationByQuality(cells=[_cell(*each) for each in cells.items()], **told)

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="How alike the touchpoints of a version of a journey do while it is in force, and the weakest.",
    )
    def journey_consistency(
        self,
        info: Info,
        version: Version,
        window: Span,
        content_from: ContentFrom = None,
        fewest: Fewest = FEWEST_ITEMS,
    ) -> JourneyConsistency | None:
        asked = asked_of(info, window, None, content_from)
        if not 1 <= fewest <= _MOST_FEWEST:
            raise BadInput(f"fewest is between 1 and {_MOST_FEWEST:,}.", field="fewest")
        row = JourneyVersion.visible(info).filter(pk=key_of(version, "JourneyVersion", field="version")).first()
        if row is None:
            raise NotFound("There is no such version.", field="version")
        links: Any = links_of(row.pk, asked)
        found: Any = consistency(links, fewest)
        if found is None:
            enough = [each for each in links if each.share.of >= fewest]
            few = [each for each in links if each.share.of < fewest]
            return _untold(enough, few)
        return found  # type: ignore[no-any-return]  # a value, shown as the type


def _cell(cell: interplay.Cell, answers: interplay.Answers) -> RecommendationCell:
    return RecommendationCell(
        journey_good=cell[0],
        service_good=cell[1],
        answers=answers.of,
        promoters=answers.promoters,
        detractors=answers.detractors,
        nps=answers.nps,
        interval=answers.interval,  # type: ignore[arg-type]  # a value, shown as the type
    )


def _untold(links: Any, too_few: Any) -> JourneyConsistency:
    names = ("mean", "cv", "interval", "iqr", "p_value", "weakest", "weakest_p_value")
    nothing: dict[str, Any] = dict.fromkeys(names)
    return JourneyConsistency(links=links, too_few=too_few, **nothing)
