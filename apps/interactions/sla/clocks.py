"""A clock of a target: what of the time since it started counts, when it is due, and when it was stopped."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apps.interactions.sla.policies import Measure


class OpenTime(Protocol):
    """What counts as time: a calendar's timeline, or the wall clock."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return how much time counts between two instants."""

    def deadline(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the last instant by which no more than the amount has passed; None, when it is too far."""


class WallClock:
    """All time counts."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return end.astimezone(UTC) - start.astimezone(UTC)

    def deadline(self, start: datetime, amount: timedelta) -> datetime | None:
        return start.astimezone(UTC) + amount


@dataclass(frozen=True, slots=True)
class Instance:
    """A target of one contact, the `number`-th of its measure.

    `due_at`: kept by then, it is achieved; None while it is paused, or was ended then, with time left. A target is
    breached once it is not ended and the time is past `due_at`, or ended later, whoever looked when.
    """

    measure: Measure
    number: int
    priority: str
    target_seconds: int
    business: bool
    started_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None


@dataclass(slots=True)
class Clock:
    """A running, paused or stopped clock. `spans` is the time that may count; the last goes on while it runs."""

    measure: Measure
    number: int
    priority: str
    target_seconds: int
    business: bool
    started_at: datetime
    running_since: datetime | None
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)

    def pause(self, at: datetime) -> None:
        self._close_span(at)
        self.paused_at = at

    def resume(self, at: datetime) -> None:
        if self.paused_at is not None and self.ended_at is None:
            self.running_since, self.paused_at = at, None

    def end(self, at: datetime) -> None:
        if self.ended_at is None:
            self._close_span(at)
            self.ended_at = at

    def restart(self, at: datetime) -> None:
        """Go on after it was ended."""
        if self.ended_at is not None:
            self.ended_at, self.paused_at, self.running_since = None, None, at

    def instance(self, time: OpenTime) -> Instance:
        """Return what it comes to, by this way of counting."""
        return Instance(
            self.measure,
            self.number,
            self.priority,
            self.target_seconds,
            self.business,
            self.started_at,
            self._due(time),
            None if self.ended_at is not None else self.paused_at,
            self.ended_at,
        )

    def _close_span(self, at: datetime) -> None:
        if self.running_since is not None:
            self.spans.append((self.running_since, at))
            self.running_since = None

    def _due(self, time: OpenTime) -> datetime | None:
        """Return when the target is used up: inside a past span, in the one that runs, or where the last one ended."""
        left = timedelta(seconds=self.target_seconds)
        for start, end in self.spans:
            used = time.elapsed(start, end)
            if used > left:
                return time.deadline(start, left)
            left -= used
        if self.running_since is not None:
            return time.deadline(self.running_since, left)
        if self.ended_at is not None and self.paused_at is None and self.spans:
            # Kept with `left` to spare: when it would have been due, had it gone on.
            return time.deadline(self.spans[-1][1], left)
        return None
