"""Keep how customers fare, so that lists can be narrowed and ordered by it. Apps above know what it is made of."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from apps.customers.locking import lock_customers
from apps.customers.models import UNSCORED, Customer
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column

# From which score on, and below which, customers are in a band.
BANDS: Final[Mapping[str, tuple[float, float]]] = {
    "GOOD": (80.0, UNSCORED),
    "FAIR": (60.0, 80.0),
    "POOR": (40.0, 60.0),
    "BAD": (0.0, 40.0),
}


def store_health(scores: Mapping[UUID, float | None]) -> int:
    """Store how customers fare, in the open door; return how many were said to fare otherwise.

    What is the same is not written, so done again it changes nothing.
    """
    stored = Customer.objects.filter(pk__in=list(scores)).values_list("pk", "health_score")
    changed = {key for key, score in stored if score != scores[key]}
    if not changed:
        return 0
    rows = [(scores[key], _order(scores[key]), key) for key in lock_customers(changed)]
    columns = [table_column(Customer._meta.get_field(name)) for name in ("health_score", "health_order")]
    update_rows(Customer._meta.db_table, columns, rows)
    return len(rows)


def _order(score: float | None) -> float:
    return UNSCORED if score is None else score


def in_bands() -> Callable[[str, Any], Q]:
    """Return what comparing a band means for customers, by the score that is stored."""

    def means(how: str, value: Any) -> Q:
        if how == "is_null":
            return Q(health_order=UNSCORED) if value else Q(health_order__lt=UNSCORED)
        found = Q(pk__in=[])
        for band in [value] if how == "eq" else value:
            least, below = BANDS[band]
            found |= Q(health_order__gte=least, health_order__lt=below)
        return found

    return means
