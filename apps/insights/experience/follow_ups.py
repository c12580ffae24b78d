"""What comes of following up low scores: outcomes, times, and whether who was won back stays so. In the brand's door.

`recovery` asks of everybody who met a failure whether it was put right, by whatever; here only follow-ups count, each
by how it ended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.interplay import NO_ANSWERS, Answers, Effect, difference
from apps.insights.experience.pairs import NOBODY, Share, unpaired_interval
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.metrics.definitions.facts.standing import BOUGHT
from apps.metrics.statistics.comparisons import two_proportions
from apps.metrics.statistics.intervals import Interval
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import read

AFTER_DAYS: Final = 90
MOST_DAYS: Final = 366
MOST_GROUPS: Final = 200
# Of fewer customers on either side nothing is compared.
FEWEST: Final = 10


class Grouping(StrEnum):
    """What follow-ups are told apart by."""

    BRAND = "BRAND"
    SURVEY = "SURVEY"
    DEPARTMENT = "DEPARTMENT"


_BY: Final[Mapping[Grouping, tuple[str, str]]] = {
    Grouping.BRAND: ("''", "''"),
    Grouping.SURVEY: ("s.key", "coalesce(nullif(s.name, ''), s.key)"),
    Grouping.DEPARTMENT: ("coalesce(d.key, '')", "coalesce(nullif(d.name, ''), d.key, '')"),
}
_FOLLOW_UPS: Final = """
    SELECT {key} AS key, {label} AS label, u.id, u.customer_id, u.state, u.outcome, u.outcome_at, u.created_at, u.due_at
    FROM surveys_followup u JOIN surveys_surveyresponse a ON a.id = u.survey_response_id
         JOIN surveys_survey s ON s.id = a.survey_id LEFT JOIN journeys_department d ON d.id = u.department_id
         LEFT JOIN customers_customer c ON c.id = u.customer_id
    WHERE u.created_at >= %(start)s AND u.created_at < %(end)s AND {conditions}
"""
# Whether one was in time is known once it ended, or is due.
_OUTCOMES: Final = """
    SELECT f.key, min(f.label), count(*), count(*) FILTER (WHERE f.outcome = 'RECOVERED'),
           count(*) FILTER (WHERE f.outcome = 'NOT_RECOVERED'), count(*) FILTER (WHERE f.outcome = 'NOT_REACHED'),
           count(*) FILTER (WHERE f.outcome = 'NOT_NEEDED'), count(*) FILTER (WHERE f.state = 'DISMISSED'),
           count(*) FILTER (WHERE f.state = 'DONE' AND f.outcome_at <= f.due_at),
           count(*) FILTER (WHERE f.state = 'DONE' OR f.state <> 'DISMISSED' AND f.due_at <= %(now)s),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM f.outcome_at - f.created_at)::float8)
               FILTER (WHERE f.state = 'DONE')
    FROM ({follow_ups}) f GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT %(most)s
"""
# A customer counts once in a group, by how its last follow-up in the window ended.
_AFTERWARDS: Final = f"""
    SELECT e.key, e.outcome = 'RECOVERED', count(*), count(*) FILTER (WHERE n.score >= 9),
           count(*) FILTER (WHERE n.score <= 6), count(n.score),
           count(*) FILTER (WHERE e.over AND EXISTS (
               SELECT FROM customers_order o WHERE o.customer_id = e.customer_id AND o.kind IN {BOUGHT}
               AND o.ordered_at > e.outcome_at AND o.ordered_at <= e.outcome_at + %(after)s)),
           count(*) FILTER (WHERE e.over)
    FROM (
        SELECT DISTINCT ON (f.key, f.customer_id) f.*, f.outcome_at + %(after)s <= %(now)s AS over
        FROM ({{follow_ups}}) f WHERE f.outcome IN ('RECOVERED', 'NOT_RECOVERED') AND f.customer_id IS NOT NULL
        ORDER BY f.key, f.customer_id, f.outcome_at DESC, f.id DESC
    ) e LEFT JOIN LATERAL (
        SELECT r.score FROM surveys_surveyresponse r
        WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.customer_id = e.customer_id AND r.answered_at > e.outcome_at
          AND r.answered_at <= least(e.outcome_at + %(after)s, %(now)s)
        ORDER BY r.answered_at DESC, r.id DESC LIMIT 1
    ) n ON TRUE
    GROUP BY 1, 2
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Customers whose follow-up ended one way: what they answer later, and how many of them bought again."""

    customers: int = 0
    answers: Answers = NO_ANSWERS
    returned: Share = NOBODY


@dataclass(frozen=True, slots=True)
class Returned:
    """By how much more of those won back bought again, as a share, with its interval and p-value."""

    difference: float
    interval: Interval | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The follow-ups of a group; `median_seconds` is from opening to closing, by the clock; None where none closed."""

    key: str
    label: str
    opened: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    dismissed: int = 0
    in_time: Share = NOBODY
    median_seconds: float | None = None
    recovered: Afterwards = Afterwards()
    not_recovered: Afterwards = Afterwards()

    @property
    def unfinished(self) -> int:
        return self.opened - sum(self.counts.values()) - self.dismissed

    @property
    def recommending(self) -> Effect | None:
        """Return by how much more those won back recommend; None for too few answers."""
        return difference(self.recovered.answers, self.not_recovered.answers)

    @property
    def returning(self) -> Returned | None:
        """Return by how much more of those won back bought again; None for too few customers."""
        one, other = self.recovered.returned, self.not_recovered.returned
        if min(one.of, other.of) < FEWEST:
            return None
        return Returned(
            one.good / one.of - other.good / other.of, unpaired_interval(one, other), two_proportions(one, other)
        )


def follow_up_outcomes(asked: Asked, by: Grouping = Grouping.BRAND, after_days: int = AFTER_DAYS) -> list[Outcomes]:
    """Return what came of the follow-ups opened in the window, the largest group first, in two SELECTs.

    Raises: BadInput, naming the field.
    """
    if not 1 <= after_days <= MOST_DAYS:
        raise BadInput(f"afterDays is between 1 and {MOST_DAYS}.", field="afterDays")
    key, label = _BY[by]
    follow_ups = _FOLLOW_UPS.format(key=key, label=label, conditions=asked.conditions("c"))
    values = {**asked.parameters, "now": asked.now, "after": timedelta(days=after_days), "most": MOST_GROUPS}
    after: dict[str, dict[str, Afterwards]] = {}
    for group, recovered, customers, *numbers in read(_AFTERWARDS.format(follow_ups=follow_ups), values):
        told = Afterwards(customers, Answers(*numbers[:3]), Share(*numbers[3:]))
        after.setdefault(group, {})["recovered" if recovered else "not_recovered"] = told
    return list(_groups(read(_OUTCOMES.format(follow_ups=follow_ups), values), after))


def _groups(rows: Any, after: Mapping[str, Mapping[str, Afterwards]]) -> Iterator[Outcomes]:
    ends = ("RECOVERED", "NOT_RECOVERED", "NOT_REACHED", "NOT_NEEDED")
    for key, label, opened, *numbers in rows:
        *counts, dismissed, good, of, median = numbers
        yield Outcomes(
            key, label, opened, dict(zip(ends, counts, strict=True)), dismissed, Share(good, of), median,
            **after.get(key, {}),
        )  # fmt: skip
