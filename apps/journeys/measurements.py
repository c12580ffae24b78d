"""What tells how it goes at a touchpoint: events of this app, and whatever apps above declare, such as answers."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from apps.journeys.models import Touchpoint, TouchpointEvent

_MEASURED: Final[dict[type[Model], str]] = {TouchpointEvent: "occurred_at"}


def measured_by(model: type[Model], moment: str) -> None:
    """Declare that rows of a model, which has a `touchpoint`, tell how it went there at a moment."""
    _MEASURED[model] = moment


def measured_since(since: datetime) -> "QuerySet[Touchpoint]":
    """Return the touchpoints of which anything was told since then."""
    told = Q()
    for model, moment in _MEASURED.items():
        rows = model._default_manager.filter(touchpoint=OuterRef("pk"), **{f"{moment}__gte": since})
        told |= Q(Exists(rows))
    return Touchpoint.objects.filter(told)
