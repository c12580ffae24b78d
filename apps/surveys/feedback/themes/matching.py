"""Which theme of before a group is: the one that shares most of its words. Pure."""

from collections.abc import Sequence
from typing import Final

# At least that share of the words of the one that has fewer.
SHARED: Final = 0.4


def matched(groups: Sequence[Sequence[str]], known: Sequence[Sequence[str]]) -> dict[int, int]:
    """Return the known theme of each group that is one, by places: the most alike first, each once."""
    pairs = sorted(
        ((_alike(group, theme), -place, -other) for place, group in enumerate(groups)
         for other, theme in enumerate(known)),
        reverse=True,
    )  # fmt: skip
    found: dict[int, int] = {}
    for alike, place, other in pairs:
        if alike >= SHARED and -place not in found and -other not in found.values():
            found[-place] = -other
    return found


def _alike(group: Sequence[str], theme: Sequence[str]) -> float:
    fewer = min(len(group), len(theme))
    return len(set(group) & set(theme)) / fewer if fewer else 0.0
