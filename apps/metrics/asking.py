"""What is asked of the stored numbers, and the form the answer comes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.metrics.buckets import Grain
from apps.metrics.clock import WallClock
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Component
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.span_terms import SpanTerms

# A bucket's number from 0, and a group as it is stored: "" is none, None the groups folded together.
Key = tuple[int, str | None]
Sums = Mapping[Key, tuple[float, ...]]
# A bucket and a group with their sums, as they are read.
Line = tuple[int, str | None, *tuple[float, ...]]
WHOLE: Key = (0, "")


@dataclass(frozen=True, slots=True)
class Ask:
    """Sums of `parts` over [start, end), by one dimension or none.

    It is cut at the instants of `cuts`, which are those of a `grain`; or, with a `clock`, into the hours of the
    week that it shows. With `apart`, only these groups are kept apart and all others folded into one. `standing_at`
    is the moment at which a stock's rows stand. `terms` are those of a spanned fact, where they were read already.
    """

    fact: Fact
    parts: tuple[Component, ...]
    start: datetime
    end: datetime
    grain: Grain | None = None
    cuts: tuple[datetime, ...] = ()
    clock: WallClock | None = None
    where: Where = EVERYTHING
    by: DimensionKey | None = None
    apart: tuple[str, ...] | None = None
    standing_at: datetime | None = None
    terms: SpanTerms | None = None

    @property
    def dimensions(self) -> frozenset[DimensionKey]:
        """Return all dimensions the answer depends on."""
        filtered = {key for key, _ in self.where}
        return frozenset(filtered | {self.by} if self.by is not None else filtered)

    @property
    def is_by_the_hour(self) -> bool:
        """Tell whether its buckets are smaller than days."""
        return self.clock is not None or self.grain is Grain.HOUR
