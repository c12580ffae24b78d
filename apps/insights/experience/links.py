"""How the touchpoints of a version of a journey do by customers. Runs in the brand's door."""

from typing import Final
from uuid import UUID

from apps.insights.experience.asking import Asked
from apps.insights.experience.consistency import Link
from apps.insights.experience.pairs import Share
from apps.insights.experience.statements import ITEMS
from cxplatform.tenancy.doors import read

# A customer fares well at a touchpoint where more was good than not of what happened there, and of what it said of it,
# while the version was in force. How soon somebody replied says nothing of the touchpoint.
_LINKS: Final = f"""
    WITH {ITEMS},
    went AS (
        SELECT s.customer_id, s.touchpoint_id, avg((s.z > 0)::int) > 0.5 AS fared
        FROM scored s JOIN journeys_journeyversion v ON v.id = %(version)s
        JOIN customers_customer c ON c.id = s.customer_id
        WHERE s.signal IN ('CSAT', 'NPS', 'EFFORT', 'OUTCOME', 'SERVICE_LEVEL', 'PROMISE')
          AND s.at >= v.effective_from AND (v.effective_until IS NULL OR s.at < v.effective_until) AND {{conditions}}
        GROUP BY 1, 2)
    SELECT t.key, p.name, p.weight, count(*) FILTER (WHERE w.fared), count(w.fared)
    FROM journeys_placement p JOIN journeys_touchpoint t ON t.id = p.touchpoint_id
    LEFT JOIN went w ON w.touchpoint_id = p.touchpoint_id
    WHERE p.version_id = %(version)s GROUP BY p.position, t.key, p.name, p.weight ORDER BY p.position
"""  # noqa: S608  # constants


def links_of(version: UUID, asked: Asked) -> list[Link]:
    """Return every touchpoint of a version, in its order, in one SELECT."""
    found = read(_LINKS.format(conditions=asked.conditions("c")), {**asked.parameters, "version": version})
    return [Link(key, name or key, weight, Share(good, of)) for key, name, weight, good, of in found]
