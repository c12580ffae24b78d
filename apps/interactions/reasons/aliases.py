"""Which reason a path means by now."""

from collections.abc import Collection
from typing import Final

from apps.interactions.models.reason import MOST_LEVELS, ReasonAlias
from apps.interactions.reasons.paths import moved, prefixes

_MOST_ROUNDS: Final = MOST_LEVELS + 1


def canonical(paths: Collection[str]) -> dict[str, str]:
    """Return the paths that mean others by now, and which: where they, or what they lie below, led elsewhere before.

    One query where none does. A path that nobody ever knew goes along with what it lies below.
    """
    found: dict[str, str] = {}
    asked = {path: path for path in paths}
    for _ in range(_MOST_ROUNDS):
        known = _targets({prefix for path in asked.values() for prefix in prefixes(path)})
        changed = {path: _replaced(now, known) for path, now in asked.items()}
        asked = {path: now for path, now in changed.items() if now != asked[path]}
        if not asked:
            break
        found |= asked
    return found


def _targets(paths: Collection[str]) -> dict[str, str]:
    return dict(ReasonAlias.objects.filter(path__in=paths).values_list("path", "reason__path")) if paths else {}


def _replaced(path: str, known: dict[str, str]) -> str:
    old = next((prefix for prefix in prefixes(path) if prefix in known), None)
    return path if old is None else moved(path, old, known[old])
