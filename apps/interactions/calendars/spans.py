"""From what the wall clock shows to instants: the open spans of a stretch of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from apps.interactions.calendars.hours import Hours
from cxplatform.zones import ahead_of_utc, change_within

_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """A half-open stretch of time, in UTC."""

    start: datetime
    end: datetime


def open_spans(hours: Hours, within: Span) -> Iterator[Span]:
    """Yield, in order, the instants of at most a day at which the wall clock shows open hours.

    So hours that a clock skips are not open that day, and hours that it shows twice are open twice.
    """
    for steady, ahead in _steady(hours.zone, within):
        wall = Span(_wall(steady.start, ahead), _wall(steady.end, ahead))
        midnight = datetime(wall.start.year, wall.start.month, wall.start.day)
        while midnight < wall.end:
            for opens, closes in hours.shown_on(midnight.date()):
                start = max(midnight + timedelta(minutes=opens), wall.start)
                end = min(midnight + timedelta(minutes=closes), wall.end)
                if start < end:
                    yield Span(_instant(start, ahead), _instant(end, ahead))
            midnight += _DAY


def _steady(zone: ZoneInfo, within: Span) -> Iterator[tuple[Span, timedelta]]:
    """Cut where the clock is set, and say how far ahead of UTC it is; no zone sets it twice within a day of UTC."""
    before, after = ahead_of_utc(within.start, zone), ahead_of_utc(within.end, zone)
    if before == after:
        yield within, before
    else:
        change = change_within(within.start, within.end, zone)
        yield Span(within.start, change), before
        yield Span(change, within.end), after


def _wall(moment: datetime, ahead: timedelta) -> datetime:
    return (moment + ahead).replace(tzinfo=None)


def _instant(wall: datetime, ahead: timedelta) -> datetime:
    return (wall - ahead).replace(tzinfo=UTC)
