"""What came of a rule: those told against those held out whose days are over. Reads, in the open door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.insights.experience.pairs import NOBODY, Share
from apps.insights.outreach.judging import Effect
from cxplatform.tenancy.doors import read

# A person who was merged may have been drawn in both groups: it is in neither. Drawn twice in one, it counts once, from
# the first time.
_COUNTS: Final = """
    SELECT CASE WHEN p.arm <> p.other THEN 'MIXED' WHEN p.until > %(now)s THEN 'OPEN' ELSE p.arm END, count(*),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM interactions_interaction i WHERE i.customer_id = p.customer_id
               AND i.direction = 'INBOUND' AND i.opened_at >= p.since AND i.opened_at < p.until)),
           count(*) FILTER (WHERE c.churned_at >= p.since AND c.churned_at < p.until)
    FROM (
        SELECT o.customer_id, min(o.arm) AS arm, max(o.arm) AS other, min(o.taken_at) AS since, min(o.until) AS until
        FROM insights_outreach o WHERE o.rule_id = %(rule)s AND o.arm IN ('TREATED', 'HELD_OUT') GROUP BY 1
    ) p JOIN customers_customer c ON c.id = p.customer_id
    GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a rule's effect. `unfinished`: their days are not over; `mixed`: drawn for both groups."""

    contacted: Effect
    churned: Effect
    unfinished: int
    mixed: int


def outcome_of(rule: UUID, now: datetime) -> Outcome:
    """Compare both groups, in one SELECT."""
    found = {group: numbers for group, *numbers in read(_COUNTS, {"rule": rule, "now": now})}
    return Outcome(
        contacted=Effect(*(_share(found.get(arm), 1) for arm in ("TREATED", "HELD_OUT"))),
        churned=Effect(*(_share(found.get(arm), 2) for arm in ("TREATED", "HELD_OUT"))),
        unfinished=found.get("OPEN", [0])[0],
        mixed=found.get("MIXED", [0])[0],
    )


def _share(numbers: list[int] | None, place: int) -> Share:
    return NOBODY if numbers is None else Share(numbers[place], numbers[0])
