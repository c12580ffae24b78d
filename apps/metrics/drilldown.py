"""From a number to its rows. Runs inside the brand's door; all instants are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.metrics import records
from apps.metrics.asking import WHOLE, Ask
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Share
from apps.metrics.definitions.vocabulary import Part
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.questions import question
from apps.metrics.reading import Reader, reader_of
from apps.metrics.windows import Window


@dataclass(frozen=True, slots=True)
class Drilldown:
    """The rows of one part of a number, read as far as somebody asks for them."""

    fact: Fact
    reader: Reader
    ask: Ask
    shares: Sequence[Share]

    def page(self, *, after: records.Position | None, limit: int) -> list[records.Record]:
        """Return the newest rows after a position."""
        return records.records(self.ask, self.shares, after=after, limit=limit)

    def count(self) -> int:
        """Return how many rows there are: as the number itself counts them, from rollups where they reach."""
        if not self.shares:
            return 0
        return round(sum(self.reader.sums(self.ask).get(WHOLE, ())))

    def reasons(self) -> list[tuple[str, int]]:
        """Return why rows are left out, and how many for each reason."""
        return records.reasons(self.ask, self.shares)


def metric_records(
    key: str,
    window: Window,
    *,
    part: Part,
    now: datetime,
    where: Where = EVERYTHING,
    variant: str | None = None,
) -> Drilldown:
    """Return the rows that a part of a metric's number is made of. Raises: BadInput, naming the field.

    They are the rows as they are now. The count is the number's own: it trails them as long as the number is
    provisional. Nothing is hidden here of what few people answered: who may see rows sees each answer anyhow.
    """
    asked = question(key, where=where, variant=variant)
    reader = reader_of(asked, now)
    shares = asked.variant.shares(part)
    end = max(window.start, reader.fresh.until(window.end))
    ask = Ask(asked.metric.fact, tuple(share.counted for share in shares), window.start, end, where=asked.where)
    return Drilldown(asked.metric.fact, reader, ask, shares)
