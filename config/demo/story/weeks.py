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
_OFFICE_HOURS = {8: 4, 9: 8, 10: 10, 11: 10, 12: 8, 13: 8, 14: 9, 15: 9, 16: 9, 17: 8, 18: 7, 19: 5}
_ALL_HOURS = {hour: 1.0 for hour in range(7)} | {
    **{7: 3, 8: 5, 9: 7, 10: 8, 11: 8, 12: 8, 13: 7, 14: 7, 15: 7, 16: 7, 17: 7},
    **{18: 8, 19: 9, 20: 9, 21: 7, 22: 4, 23: 2},
}
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
    (hour,) = rng.choices(list(hours), list(hours.values()))
    return week + timedelta(days=day, hours=hour, seconds=rng.randrange(3600))
