"""What tells how it goes at a touchpoint: events of this app, and whatever apps above declare, such as answers."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from apps.journeys.models import Touchpoint, TouchpointEvent

_MEASURED: Final[dict[type[Model], tuple[str, tuple[str, ...]]]] = {TouchpointEvent: ("occurred_at", ("touchpoint",))}


def measured_by(model: type[Model], moment: str, *touchpoints: str) -> None:
    """Declare that rows of a model tell how it went at a moment, at the touchpoints that these columns name."""
    _MEASURED[model] = (moment, touchpoints)


def measured_since(since: datetime) -> "QuerySet[Touchpoint]":
    """Return the touchpoints of which anything was told since then."""
    told = Q()
    for model, (moment, touchpoints) in _MEASURED.items():
        late = model._default_manager.filter(**{f"{moment}__gte": since})
        for column in touchpoints:
            told |= Q(Exists(late.filter(**{column: OuterRef("pk")})))
    return Touchpoint.objects.filter(told)
