"""CSAT: the share of satisfied answers."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

ANSWERS = Component("csat.answers", "f.kind = 'CSAT'")
SATISFIED = Component("csat.satisfied", "f.kind = 'CSAT' AND f.score >= 4")

CSAT = Metric(
    key="CSAT",
    version=1,
    name="Customer satisfaction",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of answers that gave 4 or 5 of 5. A 3 is not satisfied; no answer is no answer.",
    formula="answers of 4 or 5 / answers",
    source="Zendesk, customer satisfaction; Formbricks, top-2-box.",
    fact=SURVEY_RESPONSE,
    variants=(rate("TOP_TWO_BOX", "4 or 5 of 5.", SATISFIED, ANSWERS),),
    examples=(
        Example(
            "5, 4, 3 and 1: two of four",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "CSAT", "score": score}
                for hour, score in enumerate((5, 4, 3, 1))
            ),
            {"TOP_TWO_BOX": Answer(0.5, 2, 4, 4)},
        ),
        Example(
            "Answers to an NPS question are not satisfaction",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "NPS", "score": 9},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CSAT", "score": 2},
            ),
            {"TOP_TWO_BOX": Answer(0.0, 0, 1, 1)},
        ),
    ),
)
