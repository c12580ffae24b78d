"""How much expected revenue hangs on customers who are unhappy, or whom the journey failed. Runs in the door."""

from dataclasses import dataclass
from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.insights.experience.statements import EVENTS
from apps.metrics.statistics.intervals import Interval, mean_t
from cxplatform.tenancy.doors import read

# What each customer is expected to bring in over twelve months x the chance that it is one no more.
_RISKS: Final = f"""
    SELECT coalesce(n.score <= 6, FALSE) AS detractor, t.customer_id IS NOT NULL AS exposed, count(*),
           sum(v.value), sum(v.value * (1 - v.p_alive)), sum((v.value * (1 - v.p_alive)) ^ 2)
    FROM metrics_customervalue v JOIN customers_customer c ON c.id = v.customer_id
    LEFT JOIN (SELECT DISTINCT ON (r.customer_id) r.customer_id, r.score FROM surveys_surveyresponse r
               WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.customer_id IS NOT NULL
                 AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
               ORDER BY r.customer_id, r.answered_at DESC, r.id DESC) n ON n.customer_id = v.customer_id
    LEFT JOIN (SELECT DISTINCT e.customer_id FROM ({EVENTS}) e (customer_id, scale, touchpoint_id, at, value)
               WHERE CASE e.scale WHEN 'OUTCOME' THEN e.value < 1 ELSE e.value < 0.5 END) t
      ON t.customer_id = v.customer_id
    WHERE {{conditions}} GROUP BY 1, 2
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Risk:
    """Of so many customers: what they are worth ahead, and how much of it is at risk; in the brand's currency."""

    detractor: bool
    exposed: bool
    customers: int
    worth: float
    at_risk: float
    squares: float

    @property
    def interval(self) -> Interval | None:
        """Return where the sum lies, were these customers drawn from many like them, the model being taken as right."""
        each = mean_t(self.customers, self.at_risk, self.squares)
        if each is None:
            return None
        return Interval(each.low * self.customers, each.high * self.customers, each.level, each.method)


def risks(asked: Asked) -> list[Risk]:
    """Return all groups that have customers, in one SELECT; none where no model was fitted."""
    found = read(_RISKS.format(conditions=asked.conditions("c")), asked.parameters)
    return sorted((Risk(*row) for row in found), key=lambda one: (not one.detractor, not one.exposed))
