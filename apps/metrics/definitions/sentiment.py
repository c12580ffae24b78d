"""SENTIMENT: how customers feel, by an estimate of what they wrote."""

from apps.metrics.definitions.facts.feedback_item import FEEDBACK_ITEM
from apps.metrics.definitions.metric import Answer, Cell, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, Variant, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

_KNOWN = "f.score IS NOT NULL"
SCORE = Measure("sentiment", "f.score", _KNOWN)
ALL = Component("sentiment.all")
NEGATIVE = Component("sentiment.negative", "f.label IN ('NEGATIVE', 'VERY_NEGATIVE')")
POSITIVE = Component("sentiment.positive", "f.label IN ('POSITIVE', 'VERY_POSITIVE')")
UNKNOWN = Component(
    "sentiment.unknown",
    "f.score IS NULL",
    reasons=(
        Reason("It is not enriched yet.", "f.enriched_at IS NULL"),
        Reason("Its language is not known.", "f.detected_language IS NULL"),
        Reason("The model does not know its language."),
    ),
)

_VERY_BAD: dict[str, Cell] = {"occurred_at": "2026-03-02T09:00Z", "score": -0.75, "label": "VERY_NEGATIVE"}
_GOOD: dict[str, Cell] = {"occurred_at": "2026-03-02T10:00Z", "score": 0.25, "label": "POSITIVE"}
_UNKNOWN: dict[str, Cell] = {"occurred_at": "2026-03-02T11:00Z", "score": None, "label": None}
_NOTHING = Answer(None, 0, 0, 0)

SENTIMENT = Metric(
    key="SENTIMENT",
    version=1,
    name="Sentiment",
    family=Family.EXPERIENCE,
    unit=Unit.SCORE,
    direction=Direction.HIGHER_IS_BETTER,
    description="Mean of how customers feel, -1 to 1, over what they wrote in comments, e-mails, chats and on social"
    " networks. Each score is an estimate by a model, so it compares better than it tells; labels begin at 0.05 and"
    " -0.05. What is not enriched yet, or is in a language that is not known or not covered, is left out, never 0;"
    " COVERAGE says how much is not.",
    formula="sum(scores) / pieces of feedback with a score",
    source="Hutto and Gilbert, VADER (2014), its thresholds; Formbricks, sentiment.",
    fact=FEEDBACK_ITEM,
    variants=(
        Variant(
            "SCORE", "The mean score.", SCORE.sum, SCORE.size, Method.MEAN_T, SCORE.components, excluded=UNKNOWN
        ),
        rate("NEGATIVE", "The share that is negative, or very much so.", NEGATIVE, SCORE.size, UNKNOWN),
        rate("POSITIVE", "The share that is positive, or very much so.", POSITIVE, SCORE.size, UNKNOWN),
        rate("COVERAGE", "The share of all feedback that has a score.", SCORE.size, ALL),
    ),
    examples=(
        Example(
            "One very negative at -0.75, one positive at 0.25, one in a language nobody knows",
            (_VERY_BAD, _GOOD, _UNKNOWN),
            {
                "SCORE": Answer(-0.25, -0.5, 2, 2), "NEGATIVE": Answer(0.5, 1, 2, 2), "POSITIVE": Answer(0.5, 1, 2, 2),
                "COVERAGE": Answer(2 / 3, 2, 3, 3),
            },
        ),
        Example(
            "What has no score is not neutral",
            (_UNKNOWN,),
            {"SCORE": _NOTHING, "NEGATIVE": _NOTHING, "POSITIVE": _NOTHING, "COVERAGE": Answer(0.0, 0, 1, 1)},
        ),
    ),
)  # fmt: skip
