"""What became of a contact whose states are told one after the other."""

from collections.abc import Iterable
from typing import Any


def outcome(turns: Iterable[tuple[str, bool]]) -> dict[str, Any]:
    """Return the outcome's columns by (instant, settled since then), in order of time; nothing for no turns.

    Instants are ISO 8601. Settled again without having been opened is settled once, at the first.
    """
    resolved_at, reopened, settled = None, [], None
    for at, settles in turns:
        if settles and not settled:
            resolved_at = at
        elif settled and not settles:
            reopened.append(at)
        settled = settles
    if settled is None:
        return {}
    return {"resolved": settled if resolved_at else None, "resolved_at": resolved_at, "reopened_at": reopened or None}
