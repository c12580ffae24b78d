"""CES_5: how much effort it took, one to five."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Measure, mean_of
from apps.metrics.definitions.vocabulary import Bins, Direction, Family, Unit

SCORE = Measure("ces_5", "f.score", "f.kind = 'CES_5'", Bins.WHOLE)

CES_5 = Metric(
    key="CES_5",
    version=1,
    name="Customer effort (1 to 5)",
    family=Family.EXPERIENCE,
    unit=Unit.SCORE,
    direction=Direction.LOWER_IS_BETTER,
    description="Mean effort on the scale of 1 (very little) to 5 (very much): lower is better. Never"
    " pooled with CES_7, whose scale runs the other way.",
    formula="sum(scores) / answers",
    source="Dixon, Freeman and Toman, Stop Trying to Delight Your Customers (2010).",
    fact=SURVEY_RESPONSE,
    variants=(mean_of("SCORE", "All answers.", SCORE),),
    examples=(
        Example(
            "Four answers, one each of (1, 2, 3, 4)",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "CES_5", "score": score}
                for hour, score in enumerate((1, 2, 3, 4))
            ),
            {"SCORE": Answer(2.5, 10, 4, 4)},
        ),
        Example(
            "An answer on the other scale is not pooled",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CES_5", "score": 2},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CES_7", "score": 5},
            ),
            {"SCORE": Answer(2.0, 2, 1, 1)},
        ),
    ),
)
