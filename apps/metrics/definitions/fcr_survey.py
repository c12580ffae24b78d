"""FCR_SURVEY: first contact resolution as customers tell it."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

ASKED = Component("fcr.answers", "f.kind = 'FCR'")
SOLVED = Component("fcr.solved", "f.kind = 'FCR' AND f.score = 1")

FCR_SURVEY = Metric(
    key="FCR_SURVEY",
    version=1,
    name="First contact resolution (asked)",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description='Share of the answers to "was your issue resolved on the first contact?" that say yes. It is about'
    " those who answered: hold it against FCR_REPEAT, which is about all.",
    formula="answers of yes / answers",
    source="SQM Group, FCR metric operating philosophy: 280 of 400 callers are 70 %.",
    fact=SURVEY_RESPONSE,
    variants=(rate("ANSWERED", "All answers.", SOLVED, ASKED),),
    examples=(
        Example(
            "Seven of ten say yes",
            tuple(
                {"answered_at": f"2026-03-02T0{place}:00Z", "kind": "FCR", "score": int(place < 7)}
                for place in range(10)
            ),
            {"ANSWERED": Answer(0.7, 7, 10, 10)},
        ),
        Example(
            "Who was asked how satisfied they are did not speak of the first contact",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CSAT", "score": 1},
                {"answered_at": "2026-03-02T10:00Z", "kind": "FCR", "score": 0},
            ),
            {"ANSWERED": Answer(0.0, 0, 1, 1)},
        ),
    ),
)
