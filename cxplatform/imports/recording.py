"""One row recorded by a command: an import of one line, with its problems told all at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cxplatform.errors import BadInput
from cxplatform.imports.guards import Guard
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.problems import Problem
from cxplatform.imports.upserts import upsert


class RowRefused(BadInput):
    """A row that cannot be stored; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message, field=problems[0].field)
        self.problems = problems


def record_row(kind: str, values: Mapping[str, object], *, now: datetime, guard: Guard | None = None) -> UUID:
    """Store one row of the kind in the open brand door; an absent value keeps what is stored, None clears it.

    Raises: RowRefused; what the guard raises.
    """
    (outcome,) = upsert(kind_named(kind), [values], now=now, guard=guard)
    if outcome.id is None:
        raise RowRefused(outcome.errors)
    return outcome.id
