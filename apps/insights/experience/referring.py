"""Whether customers bring others, and whether those do who say they would. Runs in the brand's door."""

from dataclasses import dataclass
from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.metrics.statistics.comparisons import two_proportions
from apps.metrics.statistics.intervals import Interval, byar
from cxplatform.tenancy.doors import read

# Every customer active in the window: whether it joined in it, was brought, how many it brought, and its latest answer.
# A referral names somebody who was merged only where both ends are one customer: nobody brought anybody.
_CUSTOMERS: Final = f"""
    SELECT c.id, (c.joined_at >= %(start)s) IS TRUE AS is_new,
           EXISTS (SELECT 1 FROM customers_referral r
                   JOIN customers_customer o ON o.id = r.referrer_id AND o.merged_into_id IS NULL
                   WHERE r.customer_id = c.id AND r.referred_at < %(end)s) AS brought,
           coalesce(b.number, 0) AS brings, n.score
    FROM customers_customer c
    LEFT JOIN (SELECT r.referrer_id, count(DISTINCT r.customer_id) AS number FROM customers_referral r
               JOIN customers_customer o ON o.id = r.customer_id AND o.merged_into_id IS NULL
               WHERE r.referred_at >= %(start)s AND r.referred_at < %(end)s GROUP BY 1) b ON b.referrer_id = c.id
    LEFT JOIN (SELECT DISTINCT ON (r.customer_id) r.customer_id, r.score FROM surveys_surveyresponse r
               WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.customer_id IS NOT NULL
                 AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
               ORDER BY r.customer_id, r.answered_at DESC, r.id DESC) n ON n.customer_id = c.id
    WHERE c.merged_into_id IS NULL
      AND coalesce(c.joined_at, '-infinity') < %(end)s AND coalesce(c.churned_at, 'infinity') >= %(start)s
      AND {{conditions}}
"""  # noqa: S608  # constants
_COUNTS: Final = f"""
    SELECT count(*), coalesce(sum(x.brings), 0)::bigint, count(*) FILTER (WHERE x.brings > 0),
           count(*) FILTER (WHERE x.is_new), count(*) FILTER (WHERE x.is_new AND x.brought),
           count(*) FILTER (WHERE x.score >= 9), count(*) FILTER (WHERE x.score >= 9 AND x.brings > 0),
           count(*) FILTER (WHERE x.score <= 8), count(*) FILTER (WHERE x.score <= 8 AND x.brings > 0)
    FROM ({_CUSTOMERS}) x
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Referring:
    """What customers active in a window brought in it; all counts are of customers."""

    customers: int
    brought: int
    referrers: Share
    new_brought: Share
    promoters_refer: Share
    others_refer: Share

    @property
    def per_customer(self) -> float | None:
        return self.brought / self.customers if self.customers else None

    @property
    def interval(self) -> Interval | None:
        """Return where the rate lies, who brings whom taken for Poisson."""
        known = byar(self.brought)
        if known is None or not self.customers:
            return None
        return Interval(known.low / self.customers, known.high / self.customers, known.level, known.method)

    @property
    def promoters(self) -> Share:
        """Return how many of the referrers who answered are promoters."""
        return Share(self.promoters_refer.good, self.promoters_refer.good + self.others_refer.good)

    @property
    def p_value(self) -> float | None:
        """Return how likely promoters refer as much more or less than others by chance."""
        return two_proportions(self.promoters_refer, self.others_refer)


def referring(asked: Asked) -> Referring:
    """Return what customers brought, in one SELECT."""
    ((customers, brought, referrers, new, new_brought, promoters, promoting, others, other),) = read(
        _COUNTS.format(conditions=asked.conditions("c")), asked.parameters
    )
    return Referring(
        customers,
        brought,
        Share(referrers, customers),
        Share(new_brought, new),
        Share(promoting, promoters),
        Share(other, others),
    )
