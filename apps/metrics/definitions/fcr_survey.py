"""FCR_SURVEY: first contact resolution as customers tell it."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant, rate
from apps.metrics.definitions.scopes import NOBODY, Scope, answers, part_name, scoped
from apps.metrics.definitions.vocabulary import Direction, Family, Unit


def _yes(scope: Scope, description: str) -> Variant:
    answered = answers("FCR", scope)
    solved = Component(part_name("fcr", scope, "solved"), f"{answered} AND f.score = 1")
    return rate(scope.value, description, solved, Component(part_name("fcr", scope, "answers"), answered))


FCR_SURVEY = Metric(
    key="FCR_SURVEY",
    version=2,
    name="First contact resolution (asked)",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description='Share of the answers to "was your issue resolved on the first contact?" that say yes. It is about'
    " those who answered: hold it against FCR_REPEAT, which is about all.",
    formula="answers of yes / answers",
    source="SQM Group, FCR metric operating philosophy: 280 of 400 callers are 70 %.",
    fact=SURVEY_RESPONSE,
    variants=scoped(Scope.TRANSACTIONAL, _yes),
    examples=(
        Example(
            "Seven of ten say yes",
            tuple(
                {"answered_at": f"2026-03-02T0{place}:00Z", "kind": "FCR", "score": int(place < 7)}
                for place in range(10)
            ),
            {"TRANSACTIONAL": Answer(0.7, 7, 10, 10), "RELATIONAL": NOBODY},
        ),
        Example(
            "Who was asked how satisfied they are did not speak of the first contact",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CSAT", "score": 1},
                {"answered_at": "2026-03-02T10:00Z", "kind": "FCR", "score": 0},
            ),
            {"TRANSACTIONAL": Answer(0.0, 0, 1, 1), "RELATIONAL": NOBODY},
        ),
        Example(
            "One speaks of this contact, one of how it usually goes",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "FCR", "score": 1},
                {"answered_at": "2026-03-02T10:00Z", "kind": "FCR", "scope": "RELATIONAL", "score": 0},
            ),
            {"TRANSACTIONAL": Answer(1.0, 1, 1, 1), "RELATIONAL": Answer(0.0, 0, 1, 1)},
        ),
    ),
)
