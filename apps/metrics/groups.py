"""The groups of a breakdown: a dimension's largest values, the rows without one, and all the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.metrics import rows
from apps.metrics.answers import SliceKind
from apps.metrics.definitions.facts.fact import Dimension

NONE_STORED = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group: as it is stored (None for the rest) and as people know it."""

    kind: SliceKind
    stored: str | None
    key: str | None
    label: str


ALL = Group(SliceKind.VALUE, NONE_STORED, None, "All")
UNASSIGNED = Group(SliceKind.NONE, NONE_STORED, None, "Unassigned")
OTHER = Group(SliceKind.OTHER, None, None, "Other")


# How many rows a group's number rests on, and how many were left out of it as unknown.
Size = tuple[float, float]


def groups_of(dimension: Dimension, sizes: Mapping[str, Size], top: int) -> tuple[Group, ...]:
    """Return the `top` largest groups by rows, then those without a value, then the rest, where there are any.

    A group all of whose rows were left out is one too, or nobody would see that it is not covered. One SELECT for
    the labels of a dimension that has names. Groups of one size come in the order of their labels.
    """
    named = {name: size for name, size in sizes.items() if name != NONE_STORED and any(size)}
    labels = rows.labels(dimension, list(named))
    groups = [
        Group(SliceKind.VALUE, name, *labels.get(name, (name, name)))
        for name in sorted(named, key=lambda name: (*(-n for n in named[name]), labels.get(name, (name, name))[1]))
    ]
    shown = groups[:top]
    if any(sizes.get(NONE_STORED, ())):
        shown.append(UNASSIGNED)
    if len(groups) > top:
        shown.append(OTHER)
    return tuple(shown)


def apart(groups: tuple[Group, ...]) -> tuple[str, ...]:
    """Return the groups that are not folded into the rest, as they are stored."""
    return tuple(group.stored for group in groups if group.stored is not None)
