"""How many customers never needed to ask. Runs in the brand's door."""

from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share
from cxplatform.tenancy.doors import read

# Active as CONTACT_RATE has it: joined before the window's end (or nobody says when), and not churned before its start.
_SHARE: Final = """
    SELECT count(*) FILTER (WHERE NOT EXISTS (
               SELECT 1 FROM interactions_interaction i
               WHERE i.customer_id = c.id AND i.direction = 'INBOUND'
                 AND i.opened_at >= %(start)s AND i.opened_at < %(end)s)), count(*)
    FROM customers_customer c
    WHERE c.merged_into_id IS NULL
      AND coalesce(c.joined_at, '-infinity') < %(end)s AND coalesce(c.churned_at, 'infinity') >= %(start)s
      AND {conditions}
"""


def contact_free(asked: Asked) -> Share:
    """Return how many active customers made no inbound contact in the window, of how many; one SELECT."""
    ((free, of),) = read(_SHARE.format(conditions=asked.conditions("c")), asked.parameters)
    return Share(free, of)
