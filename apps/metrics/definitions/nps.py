"""NPS: promoters less detractors."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

PROMOTERS = Component("nps.promoters", "f.kind = 'NPS' AND f.score >= 9")
DETRACTORS = Component("nps.detractors", "f.kind = 'NPS' AND f.score <= 6")
ANSWERS = Component("nps.answers", "f.kind = 'NPS'")

NPS = Metric(
    key="NPS",
    version=1,
    name="Net promoter score",
    family=Family.EXPERIENCE,
    unit=Unit.POINTS,
    direction=Direction.HIGHER_IS_BETTER,
    description="Promoters (9 or 10) less detractors (0 to 6), in points of a hundred answers. Dismissed"
    " surveys are no answers.",
    formula="100 x (answers of 9 or 10 - answers of 0 to 6) / answers",
    source="Reichheld, The One Number You Need to Grow (2003); interval: Rocks, Interval Estimation for the"
    " Net Promoter Score, The American Statistician (2016).",
    fact=SURVEY_RESPONSE,
    variants=(
        Variant(
            "NET",
            "All answers.",
            PROMOTERS,
            ANSWERS,
            Method.ADJUSTED_WALD_NPS,
            (PROMOTERS, DETRACTORS, ANSWERS),
            subtracted=DETRACTORS,
            scale=100.0,
        ),
    ),
    examples=(
        Example(
            "Two promoters, one passive, one detractor",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "NPS", "score": score}
                for hour, score in enumerate((10, 9, 7, 6))
            ),
            {"NET": Answer(25.0, 1, 4, 4)},
        ),
        Example(
            "Only detractors, and a satisfied CSAT answer that has no say in it",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "NPS", "score": 0},
                {"answered_at": "2026-03-02T10:00Z", "kind": "NPS", "score": 3},
                {"answered_at": "2026-03-02T11:00Z", "kind": "CSAT", "score": 5},
            ),
            {"NET": Answer(-100.0, -2, 2, 2)},
        ),
    ),
)
