"""How long those stay who joined in the same month: never mixed with others. Runs in the brand's door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share
from cxplatform.tenancy.doors import current_brand, read

MOST_MONTHS = 60

# Whoever joined in a month of the window, and when it left: when it churned, or with a cancellation it has ordered
# nothing since.
_LEFT: Final = """
    SELECT c.joined_at AT TIME ZONE %(zone)s AS joined,
           least(c.churned_at, e.ended_at) AT TIME ZONE %(zone)s AS gone
    FROM customers_customer c
    LEFT JOIN (SELECT o.customer_id, max(o.ordered_at) FILTER (WHERE o.kind = 'CANCELLATION') AS ended_at,
                      max(o.ordered_at) FILTER (WHERE o.kind NOT IN ('CANCELLATION', 'REFUND')) AS ordered_at
               FROM customers_order o WHERE o.ordered_at < %(now)s GROUP BY 1) e
      ON e.customer_id = c.id AND e.ended_at >= coalesce(e.ordered_at, '-infinity')
    WHERE c.merged_into_id IS NULL
      AND c.joined_at >= %(start)s AND c.joined_at < %(end)s AND c.joined_at < %(now)s AND {conditions}
"""
_COHORTS: Final = f"""
    SELECT date_trunc('month', l.joined)::date, count(*),
           CASE WHEN l.gone <= %(now)s AT TIME ZONE %(zone)s THEN
               (extract(year FROM age(l.gone, l.joined)) * 12 + extract(month FROM age(l.gone, l.joined)))::int END
    FROM ({_LEFT}) l GROUP BY 1, 3 ORDER BY 1
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who joined in a month: `kept[k]` of them stayed k months or longer, as far as all of them could have."""

    month: date
    customers: int
    kept: Sequence[Share]


def cohorts(asked: Asked) -> list[Cohort]:
    """Return every month's cohort of the window, in order, in one SELECT."""
    found: dict[date, dict[int | None, int]] = {}
    for month, number, stayed in read(_COHORTS.format(conditions=asked.conditions("c")), _bound(asked)):
        found.setdefault(month, {})[stayed] = number
    today = asked.now.astimezone(current_brand().zone)
    return [_cohort(month, counts, today) for month, counts in found.items()]


def _bound(asked: Asked) -> dict[str, object]:
    return {**asked.parameters, "now": asked.now}


def _cohort(month: date, counts: Mapping[int | None, int], today: datetime) -> Cohort:
    size = sum(counts.values())
    kept = [
        Share(size - sum(number for stayed, number in counts.items() if stayed is not None and stayed < after), size)
        for after in range(min(_observed(month, today.date()), MOST_MONTHS) + 1)
    ]
    return Cohort(month, size, kept)


def _observed(month: date, today: date) -> int:
    """Return how many whole months the last who joined in a month could have stayed by a day; 0 while it runs."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return max(0, (today.year - last.year) * 12 + today.month - last.month - (today.day <= last.day))
