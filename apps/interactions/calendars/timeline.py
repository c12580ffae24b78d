"""A calendar over time: which version holds when, and the questions that service levels ask of it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from apps.interactions.calendars.hours import Hours
from apps.interactions.calendars.spans import Span, open_spans

# The earliest instant there is; a calendar's first version holds from here.
EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)
# How far ahead an opening or a deadline is looked for.
HORIZON: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)
# Days whose spans are remembered; then all are forgotten.
_MOST_DAYS: Final = 4_096


class Timeline:
    """The versions of one calendar, each with the instant it holds from; the first one held before it, too.

    Time counts by the version that holds while it passes: what spans a change is counted by both. Every answer is to
    the microsecond. Remembers the days it was asked about: make one and ask it often.
    """

    def __init__(self, versions: Sequence[tuple[datetime, Hours]]) -> None:
        """Take versions in order of their instants. Raises: ValueError, for none or for two of one instant."""
        self._since = [since for since, _ in versions]
        self._hours = [hours for _, hours in versions]
        self._days: dict[datetime, tuple[Span, ...]] = {}
        if not versions or any(a >= b for a, b in zip(self._since, self._since[1:], strict=False)):
            raise ValueError("A calendar has versions, each from an instant of its own, in order.")

    def is_open(self, at: datetime) -> bool:
        """Tell whether it is open at an instant: when it opens it is, when it closes it is not."""
        at = at.astimezone(UTC)
        return any(span.start <= at < span.end for span in self._open_on(_midnight(at)))

    def next_opening(self, after: datetime) -> datetime | None:
        """Return the first open instant from then on, which may be then; None where it is beyond the horizon."""
        return self.deadline(after, timedelta())

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return how much open time lies between two instants. Raises: ValueError, where the first is the later."""
        if end.astimezone(UTC) < start.astimezone(UTC):
            raise ValueError("Time is counted forward.")
        return sum((span.end - span.start for span in self.open_spans(start, end)), timedelta())

    def deadline(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the last instant by which no more than the amount of open time has elapsed.

        So `moment <= deadline(start, amount)` is the same as `elapsed(start, moment) <= amount`: an amount that is used
        up when the brand closes lasts until it opens again. None where that is beyond the horizon. Raises: ValueError,
        for a negative amount.
        """
        if amount < timedelta():
            raise ValueError("Time is counted forward.")
        left = amount
        start = start.astimezone(UTC)
        for span in self.open_spans(start, start + HORIZON):
            length = span.end - span.start
            if left < length:
                return span.start + left
            left -= length
        return None

    def open_spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the open time of [start, end) in order, in UTC, cut at its midnights."""
        # Of two instants in one zone Python would take the difference that its wall clock shows.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        midnight = _midnight(start)
        while midnight < end:
            for span in self._open_on(midnight):
                clipped = Span(max(span.start, start), min(span.end, end))
                if clipped.start < clipped.end:
                    yield clipped
            midnight += _DAY

    def _open_on(self, midnight: datetime) -> tuple[Span, ...]:
        found = self._days.get(midnight)
        if found is None:
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
            found = self._days[midnight] = tuple(self._spans(Span(midnight, midnight + _DAY)))
        return found

    def _spans(self, day: Span) -> Iterator[Span]:
        place = max(bisect_right(self._since, day.start) - 1, 0)
        start = day.start
        while start < day.end:
            following = self._since[place + 1] if place + 1 < len(self._since) else day.end
            end = min(following, day.end)
            yield from open_spans(self._hours[place], Span(start, end))
            start, place = end, place + 1


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(), UTC)
