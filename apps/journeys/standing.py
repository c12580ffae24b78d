"""Where a touchpoint stood at a row's own moment, as a condition on rows: by the journey in force then.

Where none had it, the touchpoint's own columns say, as for numbers by STAGE and DEPARTMENT.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from apps.journeys.models import Touchpoint, TouchpointSpan

_COMPARE: Final[dict[str, Callable[[str, Any], Q]]] = {
    "eq": lambda column, value: Q(**{column: value}),
    "one_of": lambda column, values: Q(**{f"{column}__in": values}),
}


def counted_at(*touchpoints: str) -> Callable[[str, Any], Q]:
    """Return what comparing a touchpoint's key means for rows with these references, of which one is set at most."""

    def means(how: str, value: Any) -> Q:
        if how == "is_null":
            nowhere = Q(**{f"{each}__isnull": True for each in touchpoints})
            return nowhere if value else ~nowhere
        found = Touchpoint.objects.filter(_COMPARE[how]("key", value)).values("pk")
        return reduce(or_, (Q(**{f"{each}__in": found}) for each in touchpoints))

    return means


def stood(column: str, moment: str, *touchpoints: str) -> Callable[[str, Any], Q]:
    """Return what comparing `stage` or `department` means for rows with these fields, the first that is known."""

    def means(how: str, value: Any) -> Q:
        at = OuterRef(touchpoints[0]) if len(touchpoints) == 1 else Coalesce(*map(OuterRef, touchpoints))
        then = Q(until__gt=OuterRef(moment)) | Q(until=None)
        spans = TouchpointSpan.objects.filter(then, touchpoint=at, since__lte=OuterRef(moment))
        own = Touchpoint.objects.filter(pk=at)
        if how == "is_null":
            known = Q(Exists(spans)) | Q(Exists(own.exclude(**{column: None})))
            return ~known if value else known
        compared = _COMPARE[how](column, value)
        return Q(Exists(spans.filter(compared))) | (~Q(Exists(spans)) & Q(Exists(own.filter(compared))))

    return means
