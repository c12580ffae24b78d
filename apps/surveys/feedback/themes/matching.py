"""Which theme of before a group is: the one that is most like it. Pure."""

from collections.abc import Sequence
from typing import Final

# At least that share of the words of the one that has fewer.
SHARED: Final = 0.4


def matched(alike: Sequence[Sequence[float]], enough: float) -> dict[int, int]:
    """Return the known theme of each group that is one, by places: the most alike first, each once."""
    pairs = sorted(
        ((much, -place, -other) for place, row in enumerate(alike) for other, much in enumerate(row)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for much, place, other in pairs:
        if much >= enough and -place not in found and -other not in found.values():
            found[-place] = -other
    return found


def shared(group: Sequence[str], theme: Sequence[str]) -> float:
    """Return how many words they share, of those of the one that has fewer."""
    fewer = min(len(group), len(theme))
    return len(set(group) & set(theme)) / fewer if fewer else 0.0
