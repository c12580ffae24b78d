"""What customers had gone through when they last said whether they recommend. Runs in the brand's door."""

from typing import Final

from apps.insights.experience.asking import Asked
from apps.insights.experience.interplay import CELLS, NO_ANSWERS, Answers, Cell
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.insights.experience.statements import ITEMS
from cxplatform.tenancy.doors import read

# Only what came before the answer can have made it; and the answer itself is no part of the journey's quality.
_CELLS: Final = f"""
    WITH {ITEMS},
    said AS (
        SELECT DISTINCT ON (coalesce(r.customer_id, i.customer_id))
               coalesce(r.customer_id, i.customer_id) AS customer_id, r.score, r.answered_at
        FROM surveys_surveyresponse r
        LEFT JOIN interactions_interaction i ON i.source = r.source AND i.external_id = r.interaction_external_id
        WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
          AND coalesce(r.customer_id, i.customer_id) IS NOT NULL
        ORDER BY coalesce(r.customer_id, i.customer_id), r.answered_at DESC, r.id DESC),
    signals AS (
        SELECT a.customer_id, a.score, s.of_service, s.signal, avg(s.z) AS z
        FROM said a JOIN scored s ON s.customer_id = a.customer_id AND s.at <= a.answered_at AND s.signal <> 'NPS'
        GROUP BY 1, 2, 3, 4),
    sides AS (
        SELECT customer_id, score, avg(z) FILTER (WHERE of_service) AS service,
               avg(z) FILTER (WHERE NOT of_service) AS journey
        FROM signals GROUP BY 1, 2)
    SELECT s.journey > 0, s.service > 0, count(*) FILTER (WHERE s.score >= 9), count(*) FILTER (WHERE s.score <= 6),
           count(*)
    FROM sides s JOIN customers_customer c ON c.id = s.customer_id
    WHERE s.service IS NOT NULL AND s.journey IS NOT NULL AND {{conditions}} GROUP BY 1, 2
"""  # noqa: S608  # constants


def recommendation_cells(asked: Asked) -> dict[Cell, Answers]:
    """Return the latest answers of all whose journey and service are known, by the quality of both; one SELECT."""
    found = read(_CELLS.format(conditions=asked.conditions("c")), asked.parameters)
    told = {(journey, service): Answers(*counts) for journey, service, *counts in found}
    return {cell: told.get(cell, NO_ANSWERS) for cell in CELLS}
