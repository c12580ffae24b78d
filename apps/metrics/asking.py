"""What is asked of the stored numbers, and the form the answer comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Component
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where

# A bucket's number from 0, and a group as it is stored: "" is none, None the groups folded together.
Key = tuple[int, str | None]
Sums = Mapping[Key, tuple[float, ...]]
WHOLE: Key = (0, "")


@dataclass(frozen=True, slots=True)
class Ask:
    """Sums of `parts` over [start, end), cut at the instants of `cuts`, by one dimension or none.

    With `apart`, only these groups are kept apart and all others folded into one.
    """

    fact: Fact
    parts: tuple[Component, ...]
    start: datetime
    end: datetime
    cuts: tuple[datetime, ...] = ()
    where: Where = EVERYTHING
    by: DimensionKey | None = None
    apart: tuple[str, ...] | None = None

    @property
    def dimensions(self) -> frozenset[DimensionKey]:
        """Return all dimensions the answer depends on."""
        filtered = {key for key, _ in self.where}
        return frozenset(filtered | {self.by} if self.by is not None else filtered)
