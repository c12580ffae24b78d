"""When a calendar is open, written down as a table with running sums, so that SQL counts open time by two look-ups."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from apps.interactions.calendars.timeline import Timeline

# The years written down: as many before the present one, and as many after it.
YEARS_BACK: Final = 10
YEARS_AHEAD: Final = 2


class Laid(NamedTuple):
    """An opening, and how much open time there was before it since the table begins; None where the table ends."""

    opens_at: datetime
    closes_at: datetime
    seconds_before: float | None


def years_of(now: datetime) -> tuple[datetime, datetime]:
    """Return the span that is written down at a moment: whole years of UTC."""
    year = now.astimezone(UTC).year
    return datetime(year - YEARS_BACK, 1, 1, tzinfo=UTC), datetime(year + YEARS_AHEAD + 1, 1, 1, tzinfo=UTC)


def laid_out(timeline: Timeline, start: datetime, end: datetime) -> Iterator[Laid]:
    """Yield the openings within [start, end) in order, and an empty one at either end of it where it is not open.

    Between the openings n and n + 1 the sum stands still; before the first one and from the last one on it is unknown.
    """
    before = 0.0
    for opens_at, closes_at in _joined(timeline, start, end):
        if not before and opens_at > start:
            yield Laid(start, start, before)
        yield Laid(opens_at, closes_at, before)
        before += (closes_at - opens_at).total_seconds()
    yield Laid(end, end, None)


def _joined(timeline: Timeline, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield open spans whole: a timeline cuts them at every midnight."""
    opens_at = closes_at = None
    for span in timeline.open_spans(start, end):
        if closes_at == span.start:
            closes_at = span.end
            continue
        if opens_at is not None and closes_at is not None:
            yield opens_at, closes_at
        opens_at, closes_at = span.start, span.end
    if opens_at is not None and closes_at is not None:
        yield opens_at, closes_at
