"""CES_7: how easy it was, one to seven."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Measure, Variant, mean_of
from apps.metrics.definitions.scopes import NOBODY, Scope, answers, part_name, scoped
from apps.metrics.definitions.vocabulary import Bins, Direction, Family, Unit


def _score(scope: Scope, description: str) -> Variant:
    return mean_of(
        scope.value,
        description,
        Measure(part_name("ces_7", scope, "score"), "f.score", answers("CES_7", scope), Bins.WHOLE),
    )


CES_7 = Metric(
    key="CES_7",
    version=2,
    name="Customer ease (1 to 7)",
    family=Family.EXPERIENCE,
    unit=Unit.SCORE,
    direction=Direction.HIGHER_IS_BETTER,
    description='Mean agreement with "they made it easy", from 1 (not at all) to 7 (fully): higher is'
    " better. Never pooled with CES_5, whose scale runs the other way.",
    formula="sum(scores) / answers",
    source="Customer effort score 2.0, CEB (2013).",
    fact=SURVEY_RESPONSE,
    variants=scoped(Scope.TRANSACTIONAL, _score),
    examples=(
        Example(
            "Four answers, one each of (7, 6, 5, 4)",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "CES_7", "score": score}
                for hour, score in enumerate((7, 6, 5, 4))
            ),
            {"TRANSACTIONAL": Answer(5.5, 22, 4, 4), "RELATIONAL": NOBODY},
        ),
        Example(
            "An answer on the other scale is not pooled",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CES_7", "score": 2},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CES_5", "score": 5},
            ),
            {"TRANSACTIONAL": Answer(2.0, 2, 1, 1), "RELATIONAL": NOBODY},
        ),
        Example(
            "Once about a call, once about the brand",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CES_7", "score": 1},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CES_7", "scope": "RELATIONAL", "score": 4},
            ),
            {"TRANSACTIONAL": Answer(1.0, 1, 1, 1), "RELATIONAL": Answer(4.0, 4, 1, 1)},
        ),
    ),
)
