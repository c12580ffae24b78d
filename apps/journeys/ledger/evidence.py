"""What people may cite for a promise: events of this app, and whatever apps above declare, such as contacts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.journeys.models import EvidenceKind, TouchpointEvent
from cxplatform.errors import BadInput, NotFound

_MOMENTS: Final[dict[str, tuple[type[Model], str]]] = {
    EvidenceKind.TOUCHPOINT_EVENT.value: (TouchpointEvent, "occurred_at")
}


@dataclass(frozen=True)
class Evidence:
    """A row that shows whether a promise was kept: whose, where and when."""

    kind: EvidenceKind
    id: UUID
    customer_id: UUID
    touchpoint_id: UUID | None
    occurred_at: datetime


def evidenced_by(kind: EvidenceKind, model: type[Model], moment: str) -> None:
    """Declare that rows of a model, which has a `customer` and a `touchpoint`, can be cited; `moment` is when."""
    _MOMENTS[kind.value] = (model, moment)


def evidence_of(kind: str, key: UUID) -> Evidence:
    """Read what is cited. Raises: BadInput for another kind, or where nobody knows whose it is; NotFound."""
    if kind not in _MOMENTS:
        raise BadInput("A touchpoint event, a contact or an answer can be cited.", field="evidence")
    model, moment = _MOMENTS[kind]
    row: Any = model._default_manager.filter(pk=key).first()
    if row is None:
        raise NotFound("There is no such evidence.", field="evidence")
    if row.customer_id is None:
        raise BadInput("Nobody knows whose it is.", field="evidence")
    return Evidence(EvidenceKind(kind), key, row.customer_id, row.touchpoint_id, getattr(row, moment))
