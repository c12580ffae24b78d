"""From a number to its rows. Runs inside the brand's door; all instants are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from apps.metrics import records
from apps.metrics.asking import WHOLE, Ask
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.parts import Share, Variant
from apps.metrics.definitions.vocabulary import Part
from apps.metrics.figures import figures_of
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.questions import question
from apps.metrics.reading import Reader, ask_for, reader_of
from apps.metrics.windows import Window


@dataclass(frozen=True, slots=True)
class Drilldown:
    """The rows of one part of a number, read as far as somebody asks for them."""

    fact: Fact
    reader: Reader
    ask: Ask
    shares: Sequence[Share]
    variant: Variant

    def page(self, *, after: records.Position | None, limit: int) -> list[records.Record]:
        """Return the newest rows after a position."""
        return records.records(self._of_rows, self.shares, after=after, limit=limit)

    def count(self) -> int:
        """Return how many rows there are: as the number itself counts them, from rollups where they reach."""
        if not self.shares:
            return 0
        sums = self.reader.sums(self.ask).get(WHOLE, ())
        if self.variant.stock and sums:
            return figures_of(self.variant, self.ask.parts)(sums).n
        return round(sum(sums))

    def reasons(self) -> list[tuple[str, int]]:
        """Return why rows are left out, and how many for each reason."""
        return records.reasons(self._of_rows, self.shares)

    @property
    def moment(self) -> str:
        """Return what the rows are in the order of."""
        return self._of_rows.fact.moment

    @property
    def _of_rows(self) -> Ask:
        """Return where the rows are: those of a stock are what stands at its end."""
        if not self.variant.stock:
            return self.ask
        standing = replace(self.fact, source=self.fact.standing, moment=self.fact.known_by)
        return replace(self.ask, fact=standing, standing_at=self.ask.end)


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
    ask = ask_for(asked, window.start, max(window.start, reader.fresh.until(window.end)))
    if not asked.variant.stock:
        ask = replace(ask, parts=tuple(share.counted for share in shares))
    return Drilldown(asked.metric.fact, reader, ask, shares, asked.variant)
