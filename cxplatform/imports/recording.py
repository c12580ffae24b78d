"""One row recorded by a command: an import of one line, its problems told all at once, and a trace in the trail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import PERSONAL, Subject, record_change
from cxplatform.errors import BadInput
from cxplatform.imports.guards import Guard
from cxplatform.imports.kinds import Kind, kind_named
from cxplatform.imports.outcomes import RowOutcome
from cxplatform.imports.problems import Problem
from cxplatform.imports.upserts import upsert
from cxplatform.privacy.catalogue import is_personal


class RowRefused(BadInput):
    """A row that cannot be stored; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message, field=problems[0].field)
        self.problems = problems


def record_row(
    kind_name: str,
    values: Mapping[str, object],
    *,
    actor: Actor,
    action: str,
    now: datetime,
    guard: Guard | None = None,
) -> UUID:
    """Store one row of the kind in the open brand door; an absent value keeps what is stored, None clears it.

    What it changes is written down as the action; a row that says nothing new changes nothing.
    Raises: RowRefused; what the guard raises.
    """
    kind = kind_named(kind_name)
    (outcome,) = upsert(kind, [values], now=now, guard=guard)
    if outcome.id is None:
        raise RowRefused(outcome.errors)
    if outcome.after is not None:
        before, after = _change(kind, outcome)
        subject = Subject(kind.model.__name__, outcome.id)
        record_change(actor=actor, action=action, subject=subject, now=now, before=before, after=after)
    return outcome.id


def _change(kind: Kind, outcome: RowOutcome) -> tuple[dict[str, object], dict[str, object]]:
    """Return what changed, as it was and as it became; of personal data, only that it is there."""
    before, after = outcome.before or {}, outcome.after or {}
    changed = [name for name, value in after.items() if before.get(name) != value]
    hidden = {column.name for column in kind.kept_columns if is_personal(kind.model, column.field or column.name)}

    def shown(values: Mapping[str, object]) -> dict[str, object]:
        return {
            name: PERSONAL if name in hidden and values[name] is not None else values[name]
            for name in changed
            if name in values
        }

    return shown(before), shown(after)
