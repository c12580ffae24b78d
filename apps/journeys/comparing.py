"""What is different between two versions of a journey: added, removed, moved, changed."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Fields = Mapping[str, str | None]


class ChangeKind(StrEnum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"
    MOVED = "MOVED"
    CHANGED = "CHANGED"


class ChangeSubject(StrEnum):
    STAGE = "STAGE"
    TOUCHPOINT = "TOUCHPOINT"


@dataclass(frozen=True)
class Sketch:
    """A version as it is compared: what it has in its order, by key. Of touchpoints `stages` tells where they lie."""

    stages: Mapping[str, Fields]
    touchpoints: Mapping[str, Fields]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One difference. `field` is what changed, or in what it moved: `stage` or, within one, `position` from 1 on."""

    kind: ChangeKind
    subject: ChangeSubject
    key: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


def compare(old: Sketch, new: Sketch) -> list[Change]:
    """List what became of the old version's stages, then of its touchpoints; what is new comes in the new order."""
    stages = _differences(ChangeSubject.STAGE, old.stages, new.stages)
    touchpoints = _differences(ChangeSubject.TOUCHPOINT, old.touchpoints, new.touchpoints)
    moved_stages = _reordered(ChangeSubject.STAGE, [*old.stages], [*new.stages])
    return [*stages, *moved_stages, *touchpoints, *_moved(old, new)]


def _differences(subject: ChangeSubject, old: Mapping[str, Fields], new: Mapping[str, Fields]) -> Iterator[Change]:
    for key in old:
        if key not in new:
            yield Change(ChangeKind.REMOVED, subject, key)
    for key, fields in new.items():
        if key not in old:
            yield Change(ChangeKind.ADDED, subject, key)
            continue
        for name, value in fields.items():
            if old[key][name] != value:
                yield Change(ChangeKind.CHANGED, subject, key, name, old[key][name], value)


def _moved(old: Sketch, new: Sketch) -> Iterator[Change]:
    for key, stage in new.places.items():
        before = old.places.get(key, stage)
        if before != stage:
            yield Change(ChangeKind.MOVED, ChangeSubject.TOUCHPOINT, key, "stage", before, stage)
    for stage in dict.fromkeys(new.places.values()):
        orders = [[key for key, place in each.places.items() if place == stage] for each in (old, new)]
        yield from _reordered(ChangeSubject.TOUCHPOINT, *orders)


def _reordered(subject: ChangeSubject, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Name the fewest that must have moved for the one order to become the other."""
    common = [key for key in new if key in set(old)]
    kept = longest_rising([old.index(key) for key in common])
    for place, key in enumerate(common):
        if place not in kept:
            before, after = str(1 + old.index(key)), str(1 + new.index(key))
            yield Change(ChangeKind.MOVED, subject, key, "position", before, after)


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising subsequence. Source: patience sorting."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        ends[pile : pile + 1] = [place]
        before.append(ends[pile - 1] if pile else None)
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept
