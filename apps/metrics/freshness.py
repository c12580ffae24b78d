"""How fresh the stored numbers are: what they rest on, how far they reach, and which days are still to be made."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.metrics import rollups, rows
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.lifetime import PREDICTION
from apps.metrics.definitions.registry import fingerprint
from apps.metrics.span_terms import SpanTerms, span_terms
from apps.metrics.windows import day_of, day_start


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of a fact at one moment; `usable` tells whether its rollups may be read at all."""

    as_of: datetime
    usable: bool
    mature_until: datetime | None
    dirty: tuple[tuple[datetime, datetime], ...]
    now: datetime

    def until(self, end: datetime) -> datetime:
        """Return where counting ends: at the last day whose neighbours are all in, for facts that need it."""
        return end if self.mature_until is None else min(end, self.mature_until)

    def provisional(self, start: datetime, end: datetime) -> bool:
        """Tell whether a span's number may still change by itself: it runs on, is immature or is dirty."""
        if end > self.now or self.until(end) < end:
            return True
        return any(first < end and start < last for first, last in self.dirty)

    def provisional_between(self, edges: Sequence[datetime], *, stock: bool = False) -> list[bool]:
        """Tell the same of every span between two edges, which are in order, at once.

        A stock hangs on all that came before.
        """
        known = [False] * (len(edges) - 1)
        certain = self.until(min(edges[-1], self.now))
        spans = [*self.dirty, (certain, edges[-1])] if certain < edges[-1] else self.dirty
        for start, until in spans:
            end = edges[-1] if stock else until
            for place in range(bisect_right(edges, start) - 1, bisect_left(edges, end)):
                if 0 <= place < len(known):
                    known[place] = True
        return known


def freshness_of(
    facts: Iterable[Fact], *, zone: ZoneInfo, now: datetime, terms: SpanTerms | None = None
) -> dict[str, Freshness]:
    """Return each fact's freshness, in one SELECT unless a fact's rollups were never made, or terms not read yet."""
    everything = list(facts)
    facts = [fact for fact in everything if not (fact.spanned or fact.unkept)]
    found = {fact.key: _of_rows(fact, zone, now, terms) for fact in everything if fact not in facts}
    if not facts:
        return found
    known, marked = rollups.state([fact.key for fact in facts], [fact.topic for fact in facts])
    for fact in facts:
        made_with, latest = known[fact.key] if fact.key in known else ("", rows.latest(fact, now))
        found[fact.key] = Freshness(
            as_of=latest or now,
            usable=made_with == fingerprint(fact.key),
            mature_until=_mature_until(fact, latest or now, zone, now),
            dirty=_spans(fact, marked.get(fact.topic, set()), zone),
            now=now,
        )
    return found


def _of_rows(fact: Fact, zone: ZoneInfo, now: datetime, terms: SpanTerms | None) -> Freshness:
    """Return the freshness of what is read from the rows as they are; of predictions, that of their model."""
    fitted_at = (terms or span_terms()).fitted_at if fact is PREDICTION else None
    return Freshness(
        as_of=fitted_at or now,
        usable=False,
        mature_until=_mature_until(fact, now, zone, now),
        dirty=(),
        now=now,
    )


def _mature_until(fact: Fact, latest: datetime, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return the end of the last day whose rows are mature by what has been seen; None where they are at once."""
    if not fact.matures_after:
        return None
    seen = min(now, day_start(day_of(latest, zone) + timedelta(days=1), zone))
    return day_start(day_of(seen - fact.matures_after, zone), zone)


def _spans(fact: Fact, days: set[date], zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """Return the spans whose numbers hang on the days, as far as the fact's rows look."""
    return tuple(
        (day_start(day, zone) - fact.reach, day_start(day + timedelta(days=1), zone) + fact.reach)
        for day in sorted(days)
    )
