"""CSAT: the share of satisfied answers."""

from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Variant, rate
from apps.metrics.definitions.scopes import NOBODY, Scope, answers, part_name, scoped
from apps.metrics.definitions.vocabulary import Direction, Family, Unit


def _top_two(scope: Scope, description: str) -> Variant:
    answered = answers("CSAT", scope)
    satisfied = Component(part_name("csat", scope, "satisfied"), f"{answered} AND f.score >= 4")
    return rate(scope.value, description, satisfied, Component(part_name("csat", scope, "answers"), answered))


CSAT = Metric(
    key="CSAT",
    version=2,
    name="Customer satisfaction",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of answers that gave 4 or 5 of 5. A 3 is not satisfied; no answer is no answer."
    " Answers about one moment of service and about the brand as a whole are never pooled.",
    formula="answers of 4 or 5 / answers",
    source="Zendesk, customer satisfaction; Formbricks, top-2-box.",
    fact=SURVEY_RESPONSE,
    variants=scoped(Scope.TRANSACTIONAL, _top_two),
    examples=(
        Example(
            "5, 4, 3 and 1: two of four",
            tuple(
                {"answered_at": f"2026-03-02T0{hour}:00Z", "kind": "CSAT", "score": score}
                for hour, score in enumerate((5, 4, 3, 1))
            ),
            {"TRANSACTIONAL": Answer(0.5, 2, 4, 4), "RELATIONAL": NOBODY},
        ),
        Example(
            "Answers to an NPS question are not satisfaction",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "NPS", "score": 9},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CSAT", "score": 2},
            ),
            {"TRANSACTIONAL": Answer(0.0, 0, 1, 1), "RELATIONAL": NOBODY},
        ),
        Example(
            "Content with the call, and not with the brand",
            (
                {"answered_at": "2026-03-02T09:00Z", "kind": "CSAT", "score": 5},
                {"answered_at": "2026-03-02T10:00Z", "kind": "CSAT", "scope": "RELATIONAL", "score": 2},
            ),
            {"TRANSACTIONAL": Answer(1.0, 1, 1, 1), "RELATIONAL": Answer(0.0, 0, 1, 1)},
        ),
    ),
)
