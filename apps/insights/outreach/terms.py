"""What may be said of a proactive rule: checked whole, whoever changes what of it. Reads only."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from apps.customers.models import Segment
from apps.insights.outreach.models import ProactiveRule
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_text

_BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    "hold_out": (0.05, 0.5),
    "effect_days": (1, 90),
    "most_a_day": (1, 1_000_000),
}


def apply(rule: ProactiveRule, values: Mapping[str, Any]) -> None:
    """Put what was said into a rule that is not stored yet. Raises: BadInput, NotFound or Conflict naming the field."""
    for name, value in values.items():
        setattr(rule, name, _CHECKS[name](value) if name in _CHECKS else value)
    for name, (least, most) in _BOUNDS.items():
        if not least <= getattr(rule, name) <= most:
            raise BadInput(f"This is from {least} to {most:,}.", field=name)


def _segment(key: UUID) -> Segment:
    found = Segment.objects.filter(pk=key).first()
    if found is None:
        raise NotFound("There is no such segment.", field="segment")
    if found.retired_at is not None:
        raise Conflict("The segment is retired.", field="segment")
    return found


_CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": lambda value: checked_text(value, 200, "name", what="A name"),
    "text": lambda value: checked_text(value, 500, "text", what="A text"),
    "segment": _segment,
}
