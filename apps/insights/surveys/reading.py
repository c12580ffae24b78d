"""Who was asked by a survey, what is known of them, and what they answered. Runs in the brand's door."""

from collections import Counter, defaultdict
from typing import Final

from apps.insights.surveys.bias import Asked
from apps.metrics.definitions.facts.invitation import OPEN_DAYS
from apps.metrics.windows import Window
from apps.surveys.models import Survey
from cxplatform.tenancy.doors import read

TRAITS: Final = ("segment", "country", "language", "channel", "contacts", "tenure")
# The rarest values of a trait are one, so that each says something.
_MOST_VALUES: Final = 8
_CONTACT_DAYS: Final = 90
OTHER: Final = "other"

# As RESPONSE_RATE counts: what was sent in the window, did not bounce and can be answered no more; answered is what the
# customer's first answer to the survey, in that time, says.
_ASKED: Final = f"""
    SELECT coalesce(c.segment, ''), coalesce(c.country, ''), coalesce(i.language, c.language, ''), i.channel,
           CASE WHEN n.contacts >= 3 THEN '3 or more' ELSE n.contacts::text END,
           CASE WHEN c.joined_at IS NULL THEN '' WHEN i.sent_at < c.joined_at + interval '1 year' THEN 'up to 1 year'
                WHEN i.sent_at < c.joined_at + interval '3 years' THEN '1 to 3 years' ELSE '3 years or more' END,
           a.score, count(*)
    FROM surveys_invitation i
    CROSS JOIN LATERAL (SELECT coalesce(i.expires_at, i.sent_at + interval '{OPEN_DAYS} days') AS closes_at) o
    LEFT JOIN customers_customer c ON c.id = i.customer_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS contacts FROM interactions_interaction x
        WHERE x.customer_id = i.customer_id AND x.direction = 'INBOUND'
          AND x.opened_at >= i.sent_at - interval '{_CONTACT_DAYS} days' AND x.opened_at < i.sent_at) n
    LEFT JOIN LATERAL (
        SELECT r.score FROM surveys_surveyresponse r
        WHERE r.customer_id = i.customer_id AND r.survey_id = i.survey_id AND r.answered_at >= i.sent_at
          AND r.answered_at <= o.closes_at
        ORDER BY r.answered_at, r.id LIMIT 1) a ON TRUE
    WHERE i.survey_id = %(survey)s AND i.sent_at >= %(start)s AND i.sent_at < %(end)s AND i.state <> 'BOUNCED'
      AND i.customer_id IS NOT NULL AND o.closes_at <= now()
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608  # constants


def asked_of(survey: Survey, window: Window) -> list[Asked]:
    """Return everybody who was asked, alike ones together; scores as the survey's kind tells its number. One SELECT."""
    lines = read(_ASKED, {"survey": survey.pk, "start": window.start, "end": window.end})
    frequent = [_frequent(Counter[str](), lines, place) for place in range(len(TRAITS))]
    asked, scores = Counter[tuple[str, ...]](), defaultdict[tuple[str, ...], list[float]](list)
    for line in lines:
        key = tuple(
            value if value in known else OTHER for value, known in zip(line[: len(TRAITS)], frequent, strict=True)
        )
        score, count = line[len(TRAITS) :]
        asked[key] += count
        if score is not None:
            scores[key] += [told(survey.kind, score)] * count
    return [Asked(dict(zip(TRAITS, key, strict=True)), count, tuple(scores[key])) for key, count in asked.items()]


def told(kind: str, score: int) -> float:
    """Return what one answer adds to the mean that is the number of its kind."""
    if kind == "NPS":
        return 100.0 if score >= 9 else -100.0 if score <= 6 else 0.0  # the scale of NPS
    if kind == "CSAT":
        return float(score >= 4)  # the two best of five
    return float(score)


def _frequent(counts: Counter[str], lines: list[tuple[object, ...]], place: int) -> set[str]:
    for line in lines:
        counts[str(line[place])] += int(str(line[-1]))
    return {value for value, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:_MOST_VALUES]}
