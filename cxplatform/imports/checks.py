"""Rules between the columns of a row, stated as values; each mirrors a constraint of the database."""

from collections.abc import Mapping
from typing import Any

from cxplatform.imports.kinds import Check
from cxplatform.imports.problems import Code, Problem


def not_before(later: str, earlier: str) -> Check:
    """Demand that one instant is not before another, where both are known."""

    def check(row: Mapping[str, Any]) -> Problem | None:
        end, begin = row[later], row[earlier]
        if end is None or begin is None or end >= begin:
            return None
        return Problem(later, Code.OUT_OF_RANGE, f"must not be before {earlier}", (earlier,))

    return check


def after(later: str, earlier: str) -> Check:
    """Demand that one instant is after another, where both are known."""

    def check(row: Mapping[str, Any]) -> Problem | None:
        end, begin = row[later], row[earlier]
        if end is None or begin is None or end > begin:
            return None
        return Problem(later, Code.OUT_OF_RANGE, f"must be after {earlier}", (earlier,))

    return check


def not_both(column: str, other: str) -> Check:
    """Demand that two flags are not both true; the first is named as the one at fault."""

    def check(row: Mapping[str, Any]) -> Problem | None:
        if row[column] and row[other]:
            return Problem(column, Code.CONFLICT, f"cannot be true together with {other}", (other,))
        return None

    return check
