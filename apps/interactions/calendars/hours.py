"""Opening hours: what a clock on the wall shows while a brand is open."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAY_MINUTES: Final = 24 * 60
_DAY: Final = timedelta(days=1)


class Interval(NamedTuple):
    """Open from `opens` until just before `closes`, in minutes from the midnight that begins the day it opens on.

    One that runs into the next day closes past 1,440: 22:00 to 06:00 is 1,320 to 1,800.
    """

    opens: int
    closes: int


@dataclass(frozen=True)
class Hours:
    """The hours of one version of a calendar, by the wall clock of its zone.

    `week` has an entry a weekday, Monday's first. A special day has the hours it is given and no others, be it a
    holiday or not. An interval belongs to the day it opens on: a holiday cancels the night that would begin on it and
    not the one that ends on it.
    """

    zone: ZoneInfo
    week: tuple[tuple[Interval, ...], ...]
    holidays: Container[date] = ()
    special_days: Mapping[date, tuple[Interval, ...]] | None = None

    def beginning_on(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals that open on a day."""
        special = (self.special_days or {}).get(day)
        if special is not None:
            return special
        return () if day in self.holidays else self.week[day.weekday()]

    def shown_on(self, day: date) -> list[Interval]:
        """Return what of a day's 1,440 minutes is open, in order and nowhere twice."""
        own = (Interval(opens, min(closes, DAY_MINUTES)) for opens, closes in self.beginning_on(day))
        tails = (
            Interval(0, closes - DAY_MINUTES) for _, closes in self.beginning_on(day - _DAY) if closes > DAY_MINUTES
        )
        return _merged(sorted(chain(tails, own)))


def _merged(ordered: list[Interval]) -> list[Interval]:
    """Put together what touches or overlaps."""
    merged: list[Interval] = []
    for interval in ordered:
        if merged and interval.opens <= merged[-1].closes:
            merged[-1] = Interval(merged[-1].opens, max(merged[-1].closes, interval.closes))
        else:
            merged.append(interval)
    return merged
