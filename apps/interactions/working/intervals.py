"""From what was said of an agent's states, in any order and more than once, to what it was in at every moment."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple


class Said(NamedTuple):
    """From `from_at` on an agent was in a state: until `to_at`, or for as long as nothing else is said.

    Ordered by the instant; of several from one instant, the last by source and id counts, whichever came first.
    """

    from_at: datetime
    source: str
    external_id: str
    state: str
    to_at: datetime | None = None


class Interval(NamedTuple):
    """A half-open stretch of time in one state; `to_at` None: it goes on."""

    from_at: datetime
    to_at: datetime | None
    state: str


def intervals(said: Iterable[Said]) -> Iterator[Interval]:
    """Yield an agent's intervals in order, none overlapping another: each lasts until it ends or the next begins.

    Between one that ended and the next nothing is known. So the result depends on what was said, and not on when.
    """
    ordered = sorted(said, key=lambda each: each[:3])
    for each, following in pairwise([*ordered, None]):
        assert each is not None
        to_at = _first(each.to_at, following.from_at if following else None)
        if to_at is None or each.from_at < to_at:
            yield Interval(each.from_at, to_at, each.state)


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two instants, of which None is never."""
    if one is None or other is None:
        return one or other
    return min(one, other)
