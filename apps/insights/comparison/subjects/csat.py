"""How satisfied customers are: a share, a net share or a mean of the same answers."""

from apps.insights.comparison.rule import Rule, Subject
from apps.metrics.definitions.csat import CSAT as METRIC
from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.vocabulary import Unit

_OTHER = Reason("It answers another question.", "f.kind <> 'CSAT'")
_OF_THE_BRAND = Reason("It speaks of the brand as a whole, not of one moment of service.", "f.scope <> 'TRANSACTIONAL'")

CSAT = Subject(
    key="CSAT",
    description="How satisfied customers are.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=SURVEY_RESPONSE,
    left_out=(_OTHER, Reason(_OF_THE_BRAND.text)),
    fails=(Reason("It gave 3 of 5 or less."),),
    rules=(
        Rule(
            key="ZENDESK",
            vendor="Zendesk",
            name="Satisfaction score",
            description="Good ratings of the good and the bad; of five, 4 and 5 are good, 3 is bad.",
            formula="good / (good + bad)",
            source="Zendesk's scales as told by eesel, https://www.eesel.ai/blog/zendesk-csat-good-vs-bad-rating",
            left_out=(_OTHER, _OF_THE_BRAND),
            fails=(Reason("It is bad: 3 of 5 or less.", "f.score <= 3"),),
        ),
        Rule(
            key="FREESCOUT",
            vendor="FreeScout",
            name="Satisfaction score",
            description="The share of great ratings less the share of those not good: from -1 to 1.",
            formula="(great - not good) / ratings",
            source="FreeScout, issue 2064, https://github.com/freescout-help-desk/freescout/issues/2064",
            left_out=(_OTHER, _OF_THE_BRAND),
            fails=(
                Reason("It is okay, and adds nothing.", "f.score = 3"),
                Reason("It is not good, and is taken off.", "f.score <= 2"),
            ),
            value="CASE WHEN f.score >= 4 THEN 1 WHEN f.score <= 2 THEN -1 ELSE 0 END",
            unit=Unit.RATIO,
            caveat="FreeScout asks for great, okay or not good: 4 and 5 are taken for great, 3 for okay. It rounds up.",
        ),
        Rule(
            key="SCOREBUDDY",
            vendor="Scorebuddy (for Intercom)",
            name="Satisfaction",
            description="The mean of the ratings.",
            formula="sum(rating) / ratings",
            source="Scorebuddy, Satisfaction metrics,"
            " https://intercom.help/scorebuddy-b32c18522ac7/en/articles/9610976-satisfaction-metrics",
            left_out=(_OTHER, _OF_THE_BRAND),
            value="f.score",
            differs=(Reason("It adds its score, not one."),),
            unit=Unit.SCORE,
            caveat="It makes no share at all, so its value says nothing beside one.",
        ),
    ),
)
