"""NPS: promoters less detractors."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant
from apps.metrics.definitions.scopes import NOBODY, Scope, answers, part_name, scoped
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit


def _net(scope: Scope, description: str) -> Variant:
    answered = answers("NPS", scope)
    promoters = Component(part_name("nps", scope, "promoters"), f"{answered} AND f.score >= 9")
    detractors = Component(part_name("nps", scope, "detractors"), f"{answered} AND f.score <= 6")
    all_answers = Component(part_name("nps", scope, "answers"), answered)
    return Variant(
        scope.value,
        description,
        promoters,
        all_answers,
        Method.ADJUSTED_WALD_NPS,
        (promoters, detractors, all_answers),
        subtracted=detractors,
        scale=100.0,
    )


NPS = Metric(
    key="NPS",
    version=2,
    name="Net promoter score",
    family=Family.EXPERIENCE,
    unit=Unit.POINTS,
    direction=Direction.HIGHER_IS_BETTER,
    description="Promoters (9 or 10) less detractors (0 to 6), in points of a hundred answers. Dismissed"
    " surveys are no answers. Whether a customer recommends the brand, and how it found one moment of service, are"
    " two questions: never pooled.",
    formula="100 x (answers of 9 or 10 - answers of 0 to 6) / answers",
    source="Reichheld, The One Number You Need to Grow (2003); interval: Rocks, Interval Estimation for the"
    " Net Promoter Score, The American Statistician (2016).",
    fact=SURVEY_RESPONSE,
    variants=scoped(Scope.RELATIONAL, _net),
    examples=(
        Example(
            "Two promoters, one passive, one detractor",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "NPS", "score": score}
                for hour, score in enumerate((10, 9, 7, 6))
            ),
            {"RELATIONAL": Answer(25.0, 1, 4, 4), "TRANSACTIONAL": NOBODY},
        ),
        Example(
            "Only detractors, and a satisfied CSAT answer that has no say in it",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "NPS", "score": 0},
                {"answered_at": "2026-03-02T10:00Z", "kind": "NPS", "score": 3},
                {"answered_at": "2026-03-02T11:00Z", "kind": "CSAT", "score": 5},
            ),
            {"RELATIONAL": Answer(-100.0, -2, 2, 2), "TRANSACTIONAL": NOBODY},
        ),
        Example(
            "A promoter of the brand, and a detractor after one call",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "NPS", "score": 9},
                {"answered_at": "2026-03-02T10:00Z", "kind": "NPS", "scope": "TRANSACTIONAL", "score": 2},
            ),
            {"RELATIONAL": Answer(100.0, 1, 1, 1), "TRANSACTIONAL": Answer(-100.0, -1, 1, 1)},
        ),
    ),
)
