"""Windows: half-open spans on whole hours of the brand's zone, and the spans they are compared with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cxplatform.errors import BadInput

LONGEST_YEARS = 5
# Within these, adding months and reading zones stays far from the ends of what datetime can hold.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
BEGINNING = datetime(EARLIEST_YEAR - 1, 12, 31, tzinfo=UTC)


class Comparison(StrEnum):
    """What a number is held against."""

    PREVIOUS_PERIOD = "PREVIOUS_PERIOD"
    SAME_PERIOD_LAST_YEAR = "SAME_PERIOD_LAST_YEAR"


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time, in UTC."""

    start: datetime
    end: datetime


def window_of(start: datetime, end: datetime, zone: ZoneInfo) -> Window:
    """Check what a caller asked for. Raises: BadInput, naming the field."""
    for name, edge in (("window.from", start), ("window.to", end)):
        if edge.tzinfo is None:
            raise BadInput("An instant needs an offset from UTC.", field=name)
        _check_range(edge, name)
        wall = edge.astimezone(zone)
        if (wall.minute, wall.second, wall.microsecond) != (0, 0, 0):
            raise BadInput(f"The instant must be a whole hour in {zone.key}.", field=name)
    if start >= end:
        raise BadInput("A window must begin before it ends.", field="window.to")
    if end.astimezone(zone).replace(tzinfo=None) > _plus_months(_wall(start, zone), 12 * LONGEST_YEARS):
        raise BadInput(f"A window may span {LONGEST_YEARS} years at most.", field="window.to")
    return Window(start.astimezone(UTC), end.astimezone(UTC))


def _check_range(edge: datetime, name: str) -> None:
    if not EARLIEST_YEAR <= edge.year <= LATEST_YEAR:
        raise BadInput(f"The instant must lie in the years {EARLIEST_YEAR} to {LATEST_YEAR}.", field=name)


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time: the first of two, and for one that was skipped the moment
    of the skip.

    So a day whose midnight was skipped begins when the clocks jump.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def beginning(zone: ZoneInfo) -> datetime:
    """Return the instant from which on all of time is counted: a local midnight before everything."""
    return day_start(date(EARLIEST_YEAR, 1, 1), zone)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a local day begins."""
    return instant(datetime.combine(day, time()), zone)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the local day that holds an instant: the last one that has begun by then."""
    day = moment.astimezone(zone).date() + timedelta(days=1)
    while day_start(day, zone) > moment:
        day -= timedelta(days=1)
    return day


def is_day_start(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a local day begins at an instant."""
    return day_start(day_of(moment, zone), zone) == moment


def compared(window: Window, comparison: Comparison, zone: ZoneInfo) -> Window:
    """Return the window to hold this one against; it is never empty.

    A window of whole local months moves by as many months (or twelve), one of whole local days by as many days
    (or to the same dates a year before, as many days long). Any other is held against the span just before it,
    or at the same wall-clock time a year before, that lasts as long.
    """
    lasts = window.end - window.start
    if is_day_start(window.start, zone) and is_day_start(window.end, zone):
        start, end = _days_before(day_of(window.start, zone), day_of(window.end, zone), comparison)
        earlier = Window(day_start(start, zone), day_start(end, zone))
        if earlier.start < earlier.end:  # not so for a day that the zone skipped
            return earlier
    if comparison is Comparison.PREVIOUS_PERIOD:
        return Window(window.start - lasts, window.start)
    begin = instant(_plus_months(_wall(window.start, zone), -12), zone)
    return Window(begin, begin + lasts)


def _days_before(start: date, end: date, comparison: Comparison) -> tuple[date, date]:
    previous = comparison is Comparison.PREVIOUS_PERIOD
    months = _whole_months(start, end)
    if months:
        back = months if previous else 12
        return _date_plus_months(start, -back), _date_plus_months(end, -back)
    begin = start - (end - start) if previous else _date_plus_months(start, -12)
    return begin, begin + (end - start)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _whole_months(start: date, end: date) -> int:
    """Return how many whole months a span has, 0 when it is not cut at months' ends."""
    if (start.day, end.day) != (1, 1):
        return 0
    return (end.year - start.year) * 12 + end.month - start.month


def _plus_months(wall: datetime, months: int) -> datetime:
    """Move by months; a day the month does not have becomes its last."""
    index = wall.year * 12 + wall.month - 1 + months
    year, month = index // 12, index % 12 + 1
    following = datetime(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return wall.replace(year=year, month=month, day=min(wall.day, last))


def _date_plus_months(day: date, months: int) -> date:
    return _plus_months(datetime.combine(day, time()), months).date()
