"""The story's time: 53 weeks from a Monday on, of which the last may be cut short, as the data ends yesterday.

What happens is told in weeks from that Monday, so the same story shifted by whole weeks fits any day it is told on.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

WEEKS = 53
GO_LIVE_WEEK = 37
# The redesign reaches customers who ordered before it only bit by bit.
_RAMP = (0.35, 0.70)

_WEEKDAYS = (1.24, 1.12, 1.05, 1.01, 1.00, 0.86, 0.72)
# How much comes in at each hour of the day: by phone, and by what is always open.
_OFFICE_HOURS = (0,) * 8 + (4, 8, 10, 10, 8, 8, 9, 9, 9, 8, 7, 5) + (0,) * 4
_ALL_HOURS = (1,) * 7 + (3, 5, 7, 8, 8, 8, 7, 7, 7, 7, 7, 8, 9, 9, 7, 4, 2)
# Weeks differ, but any 13 of them in a row hold the same, so that periods of a quarter compare fairly.
_WAVE = (0.04, 0.02, -0.03, -0.01, 0.03, -0.04, 0.01, 0.02, -0.02, 0.0, -0.03, 0.02, -0.01)


@dataclass(frozen=True)
class Weeks:
    """The story's calendar as told on `today`, a date in the brand's zone."""

    today: date
    zone: ZoneInfo

    @cached_property
    def start(self) -> datetime:
        """The first Monday's midnight, local."""
        yesterday = self.today - timedelta(days=1)
        monday = yesterday - timedelta(days=yesterday.weekday())
        return datetime.combine(monday, time()) - timedelta(weeks=WEEKS - 1)

    @cached_property
    def end(self) -> datetime:
        """The midnight after the last day, local."""
        return datetime.combine(self.today, time())

    @property
    def go_live(self) -> datetime:
        return self.week(GO_LIVE_WEEK)

    def week(self, number: int) -> datetime:
        """The midnight a week begins at, local."""
        return self.start + timedelta(weeks=number)

    def effect(self, local: datetime) -> float:
        """How far the redesign has come through: 0 before, 1 in full."""
        weeks = (local - self.go_live) // timedelta(weeks=1)
        if weeks < 0:
            return 0.0
        return _RAMP[weeks] if weeks < len(_RAMP) else 1.0

    def utc(self, local: datetime) -> str:
        """Write a local moment as an instant."""
        instant = local.replace(tzinfo=self.zone).astimezone(UTC)
        return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

    def utc_by_end(self, local: datetime | None) -> str:
        """Write a moment if it has come to pass by the end of the data, else nothing."""
        return self.utc(local) if local is not None and local < self.end else ""


def wave(week: int) -> float:
    """How much more or less happens in a week than usual."""
    return 1.0 + _WAVE[week % len(_WAVE)]


def moment_in(rng: Random, week: datetime, *, office_hours: bool) -> datetime:
    """Draw a moment of the week by its usual weekdays and hours."""
    hours = _OFFICE_HOURS if office_hours else _ALL_HOURS
    (day,) = rng.choices(range(7), _WEEKDAYS)
    (hour,) = rng.choices(range(24), hours)
    return week + timedelta(days=day, hours=hour, seconds=rng.randrange(3600))
