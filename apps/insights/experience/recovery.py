"""Does a failure that was put right leave customers better off than none? Runs in the brand's door.

Source: de Matos, Henrique and Rossi, Service Recovery Paradox: A Meta-Analysis (2007), which finds it for satisfaction
and not for loyalty: so recommendation and retention are told apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from apps.insights.experience.affinity import spanning
from apps.insights.experience.asking import Asked
from apps.insights.experience.interplay import NO_ANSWERS, Answers, Effect, difference
from apps.insights.experience.pairs import NOBODY, Share
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.insights.experience.statements import EVENTS
from apps.metrics.definitions.facts.standing import STANDING
from apps.metrics.statistics.comparisons import ALPHA
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import read

WITHIN_DAYS = 14
_MOST_DAYS = 90

# A failure is an outcome FAILED or a broken promise; the first of the window counts. It was put right where the
# customer was content with a contact, said it was solved, or a follow-up ended as RECOVERED, within the days allowed.
# What it answers later counts.
_GROUPS: Final = f"""
    SELECT CASE WHEN x.failed_at IS NULL THEN 'NEVER_FAILED' WHEN x.righted_at IS NULL THEN 'UNRECOVERED'
                ELSE 'RECOVERED' END,
           count(*), count(*) FILTER (WHERE x.score >= 9), count(*) FILTER (WHERE x.score <= 6), count(x.score),
           count(*) FILTER (WHERE x.stood AND NOT x.gone), count(*) FILTER (WHERE x.stood)
    FROM (
        SELECT f.*, t.failed_at, t.righted_at,
               (SELECT r.score FROM surveys_surveyresponse r
                WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.customer_id = f.id AND r.answered_at < %(end)s
                  AND r.answered_at >= coalesce(t.righted_at, t.failed_at, %(start)s)
                ORDER BY r.answered_at DESC, r.id DESC LIMIT 1) AS score
        FROM {STANDING.source}
        JOIN (SELECT DISTINCT e.customer_id FROM journeys_touchpointevent e
              WHERE e.occurred_at >= %(start)s AND e.occurred_at < %(end)s) met ON met.customer_id = f.id
        LEFT JOIN (
            SELECT y.customer_id, y.failed_at, (
                SELECT min(z.at) FROM (
                    SELECT r.answered_at FROM surveys_surveyresponse r WHERE r.customer_id = y.customer_id
                      AND (r.kind = 'CSAT' AND r.score >= %(satisfied)s OR r.kind = 'FCR' AND r.score = 1)
                      AND {OF_USUAL_SCOPE}
                    UNION ALL SELECT u.outcome_at FROM surveys_followup u
                    WHERE u.customer_id = y.customer_id AND u.outcome = 'RECOVERED') z (at)
                WHERE z.at >= y.failed_at AND z.at < y.failed_at + %(within)s) AS righted_at
            FROM (SELECT e.customer_id, min(e.at) AS failed_at
                  FROM ({EVENTS}) e (customer_id, scale, touchpoint_id, at, value)
                  WHERE e.scale = 'OUTCOME' AND e.value < 0 OR e.scale = 'PROMISE' AND e.value < 0.5 GROUP BY 1) y
        ) t ON t.customer_id = f.id
        WHERE {{conditions}}) x
    GROUP BY 1
"""  # noqa: S608  # constants


class Fate(StrEnum):
    """What had become of a customer's journey."""

    NEVER_FAILED = "NEVER_FAILED"
    RECOVERED = "RECOVERED"
    UNRECOVERED = "UNRECOVERED"


class Verdict(StrEnum):
    """Whether those recovered recommend more than those who were never failed."""

    PARADOX = "PARADOX"
    NO_DETECTABLE_DIFFERENCE = "NO_DETECTABLE_DIFFERENCE"
    WORSE = "WORSE"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


@dataclass(frozen=True, slots=True)
class Fared:
    """A fate's customers, what they answer, and how many of those stayed who were there when the window began."""

    fate: Fate
    customers: int = 0
    answers: Answers = NO_ANSWERS
    retained: Share = NOBODY


@dataclass(frozen=True, slots=True)
class Recovery:
    """All fates, and what recovery does."""

    fates: Mapping[Fate, Fared]

    @property
    def against_never_failed(self) -> Effect | None:
        return self._between(Fate.RECOVERED, Fate.NEVER_FAILED)

    @property
    def against_unrecovered(self) -> Effect | None:
        return self._between(Fate.RECOVERED, Fate.UNRECOVERED)

    @property
    def verdict(self) -> Verdict:
        effect = self.against_never_failed
        if effect is None:
            return Verdict.INSUFFICIENT_DATA
        if effect.p_value >= ALPHA:
            return Verdict.NO_DETECTABLE_DIFFERENCE
        return Verdict.PARADOX if effect.points > 0 else Verdict.WORSE

    def _between(self, one: Fate, other: Fate) -> Effect | None:
        return difference(self.fates[one].answers, self.fates[other].answers)


def recovery(asked: Asked, within_days: int = WITHIN_DAYS) -> Recovery:
    """Return what became of customers by how failures were dealt with, in one SELECT beside the terms' two.

    Raises: BadInput, naming the field.
    """
    if not 1 <= within_days <= _MOST_DAYS:
        raise BadInput(f"withinDays is between 1 and {_MOST_DAYS}.", field="withinDays")
    values = {**spanning(asked), "within": timedelta(days=within_days), "satisfied": asked.bars.csat}
    found = {fate: Fared(fate) for fate in Fate}
    for name, customers, promoters, detractors, answers, stayed, stood in read(
        _GROUPS.format(conditions=asked.conditions("f")), values
    ):
        fate = Fate(name)
        found[fate] = Fared(fate, customers, Answers(promoters, detractors, answers), Share(stayed, stood))
    return Recovery(found)
